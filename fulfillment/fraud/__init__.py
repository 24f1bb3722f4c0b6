"""Fraud that is caught before the money moves.

The way of a payment:

    memory = fraud_memory.read(facts)                           one BatchGetItem
    assessment = assessor.assess(facts, memory.states, level)   pure but for the endpoint
    fraud_memory.record(facts, assessment, memory)              one TransactWriteItems, once

`facts` is a `PaymentFacts`; the states say what is known of the customer and of who gets the money;
`level` the identity level. The assessment says `allow`, `challenge`, `hold` or `block`, with
reasons in plain words for the customer and in full for the analyst, and who judged (`endpoint`,
`copy` or `rules`). See docs/models/fraud.md.
"""
