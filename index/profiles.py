"""Names of pairs of models, encoder and cross-encoder, and where models lie on this machine.

docs/models.md says what each needs and under which licence it is. Nothing here loads a model.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from index.errors import NoEncoder
from index.quiet import quiet_models

PACKAGED = "all-MiniLM-L6-v2"
MODELS_VARIABLE = "PRIOR_ART_MODELS"
# Instead of a cross-encoder's name: use none, whatever the profile says.
NO_RERANKER = "none"


@dataclass(frozen=True)
class Profile:
    """An encoder and the cross-encoder that goes with it, by their names on the model hub."""

    encoder: str
    reranker: str | None = None


PROFILES = {
    "offline": Profile(PACKAGED),
    "multilingual": Profile("BAAI/bge-m3", "BAAI/bge-reranker-v2-m3"),
    "best": Profile("Qwen/Qwen3-Embedding-0.6B", "BAAI/bge-reranker-v2-m3"),
}

# What a model was trained to see before a text, where its own files do not say so. By the last
# part of its name: https://huggingface.co/intfloat/multilingual-e5-base, "FAQ".
_E5 = {"query": "query: ", "document": "passage: "}
_PROMPTS = {
    "multilingual-e5-small": _E5,
    "multilingual-e5-base": _E5,
    "multilingual-e5-large": _E5,
    "e5-small-v2": _E5,
    "e5-base-v2": _E5,
    "e5-large-v2": _E5,
}


def encoder_name(name: str) -> str:
    """A profile's encoder; any other name is that of a model or folder and stays.

    >>> encoder_name("multilingual"), encoder_name("./multilingual")
    ('BAAI/bge-m3', './multilingual')
    """
    return PROFILES[name].encoder if name in PROFILES else name


def reranker_name(encoder: str | None, reranker: str | None) -> str | None:
    """The cross-encoder to use: the one that was named, else the one of the encoder's profile.

    >>> reranker_name("best", None), reranker_name("best", "none"), reranker_name(None, None)
    ('BAAI/bge-reranker-v2-m3', None, None)
    """
    if reranker == NO_RERANKER:
        return None
    if reranker or encoder not in PROFILES:
        return reranker
    return PROFILES[encoder].reranker


def own_prompts(name: str) -> dict[str, str]:
    """Prompts for "query" and "document" that a model needs and does not bring; else empty.

    name: a model's name or its folder.

    >>> own_prompts("intfloat/multilingual-e5-base")["document"]
    'passage: '
    """
    return _PROMPTS.get(Path(name).name, {})


def model_folder(name: str) -> Path:
    """Where a model's files lie: the folder of that name, or in $PRIOR_ART_MODELS, or cached.

    In $PRIOR_ART_MODELS a model "owner/model" is the folder "owner/model" or "model". Opens no
    connection. Raises NoEncoder, and says how to get the model.
    """
    if Path(name).is_dir():
        return Path(name).resolve()
    models = os.environ.get(MODELS_VARIABLE)
    if models and not Path(name).is_absolute() and ".." not in Path(name).parts:
        for place in (Path(models, name), Path(models, Path(name).name)):
            if place.is_dir():
                return place.resolve()
    return _cached(name)


def _cached(name: str) -> Path:
    quiet_models()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, OSError):
        raise NoEncoder(
            f"there is no folder {name!r} and no model of that name in ${MODELS_VARIABLE} or in the"
            " local cache. Nothing is downloaded by itself: on a machine with a connection run "
            f"`hf download {name} --local-dir DIR/{name}`, then set {MODELS_VARIABLE}=DIR here, or "
            "give the path of the model's folder instead of its name (docs/models.md)"
        ) from None
