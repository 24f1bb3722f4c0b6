"""A folder of models: each version for ever, and one of them the champion.

`models/<version>/` holds what training wrote; `champion.json` names the version that serves and
the one before it, for a way back.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from fulfillment.fraud.model.artefact import Model, read_model

MODEL_FILE = "model.json"
_CHAMPION = "champion.json"


class RegistryError(ValueError):
    """A version is missing, or is there already with another content."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The registry in `folder`."""

    folder: Path

    def register(self, trained: Path) -> str:
        """Keep the model in `trained`; its version. The same model again changes nothing.

        Raises `RegistryError` when the version is taken by another model.
        """
        model = read_model((trained / MODEL_FILE).read_bytes())
        place = self.folder / "models" / model.version
        if place.exists():
            if self.read(model.version).content_hash != model.content_hash:
                raise RegistryError(f"version {model.version} is another model")
            return model.version
        place.parent.mkdir(parents=True, exist_ok=True)
        # The states hold customer ids, and stay beside the training data.
        shutil.copytree(trained, place, ignore=shutil.ignore_patterns("states.json.gz"))
        return model.version

    def read(self, version: str) -> Model:
        """Raises `RegistryError` for a version that is not registered."""
        path = self.folder / "models" / version / MODEL_FILE
        if not path.is_file():
            raise RegistryError(f"there is no version {version} in {self.folder}")
        return read_model(path.read_bytes())

    def versions(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "models").glob("*") if path.is_dir())

    @property
    def champion(self) -> str | None:
        """The version that serves, or None before the first was promoted."""
        path = self.folder / _CHAMPION
        return str(json.loads(path.read_text())["version"]) if path.is_file() else None

    def promote(self, version: str) -> None:
        """Make a registered version the champion, and remember the one before."""
        self.read(version)
        said = {"version": version, "before": self.champion}
        whole = self.folder / f"{_CHAMPION}.new"
        whole.write_text(json.dumps(said, indent=2) + "\n")
        whole.replace(self.folder / _CHAMPION)
