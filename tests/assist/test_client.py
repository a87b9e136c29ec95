"""Every way in which an endpoint misbehaves is one line for the user, and nothing leaks on the way."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from advisorlog.assist.asking import Question
from advisorlog.assist.client import Asking
from advisorlog.assist.endpoint import Endpoint
from advisorlog.assist.failing import AssistFailed, Trouble
from advisorlog.assist.forms import Lines, schema
from tests.assist.scripted import Act, answers, chunk, dies, says, serving, streams, without_schemas

GOOD = {"lines": [{"sentence": 1, "quote": "Compare with DVFS.", "paraphrase": ""}]}
QUESTION = Question("Choose.", {"sentences": []}, Lines, schema(Lines, most=3, highest=3, longest=40))
KEY = "sk-a-very-secret-key"


def asking(url: str, **more: Any) -> Asking:
    return Asking(Endpoint(url, "little", 20, 500, KEY), pause=lambda seconds: None, **more)


def failure(*acts: Act) -> AssistFailed:
    with serving(*acts) as server, pytest.raises(AssistFailed) as raised:
        asking(server.url).ask(QUESTION)
    said = str(raised.value)
    assert KEY not in said
    assert "\n" not in said
    assert said.startswith("The model at 127.0.0.1:")
    return raised.value


def test_a_streamed_answer_comes_with_its_cost_and_progress() -> None:
    seen: list[int] = []
    with serving(answers(GOOD)) as server:
        answer = asking(server.url, progress=seen.append).ask(QUESTION)
    assert answer.value.lines[0].quote == "Compare with DVFS."
    assert (answer.cost.sent, answer.cost.received, answer.model) == (7, 3, "little")
    assert seen == sorted(seen)
    assert seen[-1] == len(json.dumps(GOOD))


def test_what_goes_out_is_the_question_and_nothing_else() -> None:
    with serving(answers(GOOD)) as server:
        asking(server.url).ask(QUESTION)
    (sent,) = server.requests
    assert sent["messages"] == QUESTION.messages()
    assert not {"tools", "functions", "tool_choice", "user", "metadata"} & sent.keys()
    assert sent["response_format"]["json_schema"]["schema"] == QUESTION.schema
    assert KEY not in json.dumps(sent)


def test_nothing_of_the_environment_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-mine")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-mine")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with serving(answers(GOOD)) as server:
        asking(server.url).ask(QUESTION)
    (headers,) = server.headers
    assert headers["authorization"] == f"Bearer {KEY}"
    assert not [value for value in headers.values() if "mine" in value or "sk-of-openai" in value]


def test_an_endpoint_that_does_not_stream_is_understood() -> None:
    body = {"model": "little", "choices": [{"message": {"content": json.dumps(GOOD)}, "finish_reason": "stop"}]}
    with serving(says(200, json.dumps(body))) as server:
        assert asking(server.url).ask(QUESTION).value.lines[0].sentence == 1


@pytest.mark.parametrize("json_mode", [True, False])
def test_without_schemas_it_falls_back_to_json_mode_and_to_words(json_mode: bool) -> None:
    text = f"Sure!\n```json\n{json.dumps(GOOD)}\n```"
    with serving(without_schemas(json_mode=json_mode, then=streams(text))) as server:
        assert asking(server.url).ask(QUESTION).value.lines[0].sentence == 1
    assert len(server.requests) == (2 if json_mode else 3)
    assert "schema" in server.requests[-1]["messages"][0]["content"]


def test_an_endpoint_that_accepts_a_schema_and_ignores_it_is_asked_in_other_ways() -> None:
    with serving(streams('{"lines": "none"}'), streams("I can't do JSON."), answers(GOOD)) as server:
        assert asking(server.url).ask(QUESTION).value.lines[0].sentence == 1
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("act", "trouble"),
    [
        (says(200, "<html>Welcome</html>", "text/html"), Trouble.NO_API),
        (says(200, "{}"), Trouble.NO_API),
        (says(200, '{"choices": null}'), Trouble.NO_API),
        (says(200, '{"choices": [3]}'), Trouble.NO_API),
        (says(200, "[1, 2]"), Trouble.NO_API),
        (says(200, '{"choices": [{"message"'), Trouble.NO_JSON),
        (says(200, "{}", "text/event-stream"), Trouble.EMPTY),
        (says(200, "data: {broken\n\n", "text/event-stream"), Trouble.NO_JSON),
        (says(200, 'data: {"error": {"message": "out of memory"}}\n\n', "text/event-stream"), Trouble.BROKEN),
        (streams(""), Trouble.EMPTY),
        (streams("   \n"), Trouble.EMPTY),
        (streams('{"lines": [', reason="length"), Trouble.CUT),
        (streams('{"lines": ['), Trouble.NO_JSON),
        (streams("no JSON here"), Trouble.NO_JSON),
        (streams('{"lines": [{"sentence": 0, "quote": "x"}]}'), Trouble.WRONG_FORM),
        (streams('{"lines": [], "more": 1}'), Trouble.WRONG_FORM),
        (streams(json.dumps({"lines": [{"sentence": 1, "quote": "x" * 5000}]})), Trouble.WRONG_FORM),
        (streams(json.dumps({"lines": [{"sentence": 1, "quote": "x"}] * 500})), Trouble.WRONG_FORM),
        (streams("", refusal="I can't help with that."), Trouble.DECLINED),
        (streams("half", reason="content_filter"), Trouble.DECLINED),
        (dies('{"lines": [{"sen'), Trouble.DIED),
        (dies(), Trouble.DIED),
        (says(401), Trouble.KEY),
        (says(403), Trouble.KEY),
        (says(404), Trouble.NO_API),
        (says(404, '{"error": {"code": "model_not_found", "message": "There is no model x"}}'), Trouble.NO_MODEL),
        (says(429), Trouble.LIMITED),
        (says(500), Trouble.BROKEN),
        (says(503), Trouble.BROKEN),
        (says(301, location="http://127.0.0.1:1/"), Trouble.REDIRECTED),
        (says(307, location="http://127.0.0.1:1/v1/chat/completions"), Trouble.REDIRECTED),
        (says(400), Trouble.REFUSED),
    ],
)  # fmt: skip
def test_misbehaviour_is_one_line(act: Act, trouble: Trouble) -> None:
    assert failure(act).trouble is trouble


def test_a_redirect_is_not_followed() -> None:
    with serving(answers(GOOD)) as other:
        assert failure(says(307, location=f"{other.url}/chat/completions")).trouble is Trouble.REDIRECTED
        assert other.requests == []


def test_nothing_there_is_one_line() -> None:
    with serving(answers(GOOD)) as server:
        gone = server.url
    with pytest.raises(AssistFailed) as raised:
        asking(gone).ask(QUESTION)
    assert raised.value.trouble is Trouble.UNREACHABLE


def test_a_busy_endpoint_is_asked_once_more_and_not_for_ever() -> None:
    pauses: list[float] = []
    with serving(says(429, retry_after="3600"), answers(GOOD)) as server:
        run = asking(server.url)
        run.pause = pauses.append
        assert run.ask(QUESTION).value.lines
    assert pauses == [5.0]
    with serving(says(429)) as server, pytest.raises(AssistFailed):
        asking(server.url).ask(QUESTION)
    assert len(server.requests) == 2


def _once(cancelled: threading.Event) -> Callable[[int], None]:
    """Cancels at the first piece."""

    def progress(characters: int) -> None:
        cancelled.set()

    return progress


def test_cancelling_stops_at_the_next_piece() -> None:
    cancelled = threading.Event()
    with serving(streams("{", '"lines"', ": []}")) as server, pytest.raises(AssistFailed) as raised:
        asking(server.url, cancelled=cancelled, progress=_once(cancelled)).ask(QUESTION)
    assert raised.value.trouble is Trouble.CANCELLED


def test_a_silent_endpoint_is_given_up() -> None:
    never = threading.Event()

    def silent(handler: Any, body: dict[str, Any]) -> None:
        never.wait(10)

    with serving(silent) as server:
        with pytest.raises(AssistFailed) as raised:
            Asking(Endpoint(server.url, "little", 1, 500), pause=lambda seconds: None).ask(QUESTION)
        never.set()
    assert raised.value.trouble is Trouble.TOO_SLOW


def test_an_endless_answer_is_given_up() -> None:
    endless = "".join(chunk("x" * 5000) for _ in range(100))
    assert failure(says(200, endless, "text/event-stream")).trouble is Trouble.CUT


def test_the_key_is_in_no_representation() -> None:
    assert KEY not in repr(Endpoint("http://127.0.0.1:1/v1", "x", key=KEY))
