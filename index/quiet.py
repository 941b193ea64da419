"""Turns off whatever the model libraries would send or fetch by themselves."""

from __future__ import annotations

import os

# Read when the libraries are imported. Sources: huggingface_hub/constants.py for HF_*, which
# transformers and sentence-transformers obey as well; https://donottrack.sh; OpenTelemetry's
# specification of environment variables, for an SDK that somebody else may have installed.
VARIABLES = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "DO_NOT_TRACK": "1",
    "OTEL_SDK_DISABLED": "true",
}


def quiet_models() -> None:
    """Set what the model libraries read from the environment. Call before importing them.

    Models are loaded with `local_files_only` all the same: this is for what a library would ask
    the hub beside loading. A model by name is taken from the local cache as before.

    >>> quiet_models()
    >>> os.environ["HF_HUB_OFFLINE"]
    '1'
    """
    os.environ.update(VARIABLES)
