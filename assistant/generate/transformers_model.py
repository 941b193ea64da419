"""A chat model of transformers, by name from the local cache or from a folder, on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.generate.errors import GeneratorError, GeneratorFailed, GeneratorTimeout, NoGenerator
from assistant.generate.records import Message
from index.quiet import quiet_models

_MOST_TOKENS = 400


class TransformersGenerator:
    """A model with a chat template. Deterministic: the likeliest token, always.

    name: a name in the local cache, a folder, or a folder that holds one GGUF file (for which
    the package `gguf` is needed). tokens: the most it writes; seconds: between two pieces. Loading
    waits until the first text is asked for. Raises NoGenerator then.
    """

    def __init__(self, name: str, *, tokens: int = _MOST_TOKENS, seconds: float = 60.0) -> None:
        self.name = name
        self._tokens, self._seconds = tokens, seconds
        self._lock = threading.Lock()

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply in pieces. Raises NoGenerator, GeneratorFailed, GeneratorTimeout."""
        from queue import Empty

        from transformers import StoppingCriteriaList, TextIteratorStreamer

        with self._lock:
            tokenizer, model = self._loaded
            inputs = self._inputs(tokenizer, model, messages)
            streamer: Any = TextIteratorStreamer(
                tokenizer, skip_prompt=True, timeout=self._seconds, skip_special_tokens=True
            )
            stop = threading.Event()
            failed: list[Exception] = []
            settings = {
                **inputs,
                "streamer": streamer,
                "max_new_tokens": self._tokens,
                "do_sample": False,
                "pad_token_id": tokenizer.pad_token_id or tokenizer.eos_token_id,
                "stopping_criteria": StoppingCriteriaList([_Stop(stop)]),
            }
            thread = threading.Thread(
                target=_generate, args=(model, settings, streamer, failed), daemon=True
            )
            thread.start()
            try:
                for piece in streamer:
                    if piece:
                        yield piece
            except Empty:
                raise GeneratorTimeout(
                    f"{self.name} wrote nothing for {self._seconds:g} seconds"
                ) from None
            finally:
                stop.set()
                thread.join(timeout=self._seconds)
            if failed:
                raise GeneratorFailed(f"{self.name} failed: {failed[0]}") from failed[0]

    def _inputs(self, tokenizer: Any, model: Any, messages: Sequence[Message]) -> dict[str, Any]:
        chat = [dict(message) for message in messages]
        try:
            inputs: dict[str, Any] = dict(
                tokenizer.apply_chat_template(
                    chat, add_generation_prompt=True, return_tensors="pt", return_dict=True
                )
            )
        except Exception as error:  # Templates raise errors of their own, of no family.
            raise NoGenerator(f"{self.name} is no chat model: {error}") from error
        window = getattr(model.config, "max_position_embeddings", None)
        length = int(inputs["input_ids"].shape[-1])
        if window and length + self._tokens > window:
            raise GeneratorFailed(
                f"{self.name} reads {window:,} tokens, question and passages have {length:,}; "
                "give it fewer passages"
            )
        return inputs

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        """The tokenizer and the model."""
        quiet_models()
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging

        # A bar on standard error would mix with ours; transformers gives the function no types.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        options: dict[str, Any] = {"local_files_only": True}
        files = sorted(Path(self.name).glob("*.gguf")) if Path(self.name).is_dir() else []
        if len(files) > 1:
            raise NoGenerator(f"{self.name} holds {len(files)} GGUF files; leave one in it")
        if files:
            options["gguf_file"] = files[0].name
        try:
            tokenizer: Any = AutoTokenizer.from_pretrained(self.name, **options)
            model: Any = AutoModelForCausalLM.from_pretrained(self.name, **options)
        except GeneratorError:
            raise
        except Exception as error:  # Damaged weights raise an error of their own, of no family.
            raise NoGenerator(
                f"{self.name} is no chat model in a folder or in the local cache: {error}"
            ) from error
        if not tokenizer.chat_template:
            raise NoGenerator(f"{self.name} has no chat template; name an instruct model")
        return tokenizer, model.eval()


class _Stop:
    """Ends the writing when nobody reads any more."""

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        import torch

        return torch.full((input_ids.shape[0],), self._stopped.is_set(), device=input_ids.device)


def _generate(model: Any, settings: dict[str, Any], streamer: Any, failed: list[Exception]) -> None:
    try:
        model.generate(**settings)
    except Exception as error:  # Out of memory and others, of no family.
        failed.append(error)
        streamer.end()
