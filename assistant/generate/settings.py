"""Which chat model is set up, if any: a folder, a name in the local cache, or an endpoint."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.generate.endpoint import EndpointGenerator
from assistant.generate.errors import NoGenerator
from assistant.generate.records import Generator
from assistant.generate.transformers_model import TransformersGenerator

NAME, MODEL = "PRIOR_ART_GENERATOR", "PRIOR_ART_GENERATOR_MODEL"
KEY, SUPPORT = "PRIOR_ART_GENERATOR_KEY", "PRIOR_ART_SUPPORT"
_NONE = ("", "none")


@dataclass(frozen=True)
class GeneratorSettings:
    """What the command line or the environment says of generated answers; off by default.

    generator: a transformers chat model by folder or name, or the address of an OpenAI-compatible
    endpoint; "" or "none" for no generated answers. model: what the endpoint calls its model.
    support: a cross-encoder for the gate, by folder or name, "" or "none" for none.
    """

    generator: str = ""
    model: str = ""
    support: str = ""

    @property
    def is_on(self) -> bool:
        """Whether a chat model is set up."""
        return self.generator not in _NONE

    @property
    def supports(self) -> bool:
        """Whether a support model is set up."""
        return self.support not in _NONE

    @property
    def is_endpoint(self) -> bool:
        """Whether answering contacts an address."""
        return "://" in self.generator

    def make(self) -> Generator | None:
        """The chat model, not loaded and not contacted yet; None for none. Raises NoGenerator.

        >>> GeneratorSettings().make() is None
        True
        >>> GeneratorSettings("http://localhost:8000/v1", "qwen").make().name
        'qwen at http://localhost:8000/v1'
        """
        if not self.is_on:
            return None
        if not self.is_endpoint:
            return TransformersGenerator(self.generator)
        if not self.model:
            raise NoGenerator(
                f"{self.generator} is an endpoint: say which of its models to use, with "
                f"--generator-model or {MODEL}"
            )
        return EndpointGenerator(self.generator, self.model, KEY if os.environ.get(KEY) else None)


def from_environment(environment: Mapping[str, str]) -> GeneratorSettings:
    """The settings of the environment variables.

    >>> from_environment({"PRIOR_ART_GENERATOR": "models/chat"}).generator
    'models/chat'
    """
    return GeneratorSettings(
        environment.get(NAME, ""), environment.get(MODEL, ""), environment.get(SUPPORT, "")
    )
