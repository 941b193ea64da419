"""Answers written by a chat model, of which only what the gate lets pass is shown."""

from assistant.generate.endpoint import EndpointGenerator
from assistant.generate.records import Draft, DraftStatement, Generator, Source
from assistant.generate.settings import GeneratorSettings
from assistant.generate.transformers_model import TransformersGenerator
from assistant.generate.write import stream_answer, write_answer

__all__ = [
    "Draft",
    "DraftStatement",
    "EndpointGenerator",
    "Generator",
    "GeneratorSettings",
    "Source",
    "TransformersGenerator",
    "stream_answer",
    "write_answer",
]
