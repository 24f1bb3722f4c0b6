"""What analysts are told of an assessment: who judged, by which model and policy, and why."""

from __future__ import annotations

from typing import Any

from fulfillment.fraud.assessing import Assessment

_LONGEST = 300


def evidence_of(assessment: Assessment) -> dict[str, Any]:
    """The fields of an event of suspected fraud that the assessment alone decides. Reasons come
    whole, with their figures, in at most 300 characters each.
    """
    said = (*assessment.reasons, *assessment.besides)
    return {
        "score": assessment.score,
        "judged_by": assessment.judged_by,
        "model_version": assessment.model_version,
        "policy_version": assessment.policy_version,
        "reasons": tuple({"code": one.code, "text": one.full[:_LONGEST]} for one in said),
        "causes": tuple(cause.full for cause in assessment.causes),
    }
