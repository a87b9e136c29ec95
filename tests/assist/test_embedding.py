"""Vectors from an endpoint: what goes out, and every way in which the answer is none."""

import json
from typing import Any

import pytest

from advisorlog.assist.embedding import Embedding, read_vectors
from advisorlog.assist.endpoint import Endpoint
from advisorlog.assist.failing import AssistFailed, Trouble
from tests.assist.scripted import Act, Handler, says, serving

KEY = "sk-a-very-secret-key"


def vectors(*numbers: list[float]) -> Act:
    """Give these vectors, the last first: an endpoint may answer in any order."""
    data = [{"index": place, "embedding": each, "object": "embedding"} for place, each in enumerate(numbers)]
    return says(200, json.dumps({"object": "list", "data": data[::-1], "model": "little"}))


def embedding(url: str) -> Embedding:
    return Embedding(Endpoint(url, "little", 20, 500, KEY), pause=lambda seconds: None)


def test_what_goes_out_is_the_texts_and_nothing_else() -> None:
    with serving(vectors([1, 0], [0, 2])) as server:
        found = embedding(server.url).vectors(["one", "two"])
    assert found == [[1, 0], [0, 2]]
    (sent,) = server.requests
    assert sent == {"model": "little", "input": ["one", "two"], "encoding_format": "float"}
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_a_busy_endpoint_is_asked_once_more() -> None:
    with serving(says(429), vectors([1])) as server:
        assert embedding(server.url).vectors(["one"]) == [[1]]
    with serving(says(503)) as server, pytest.raises(AssistFailed) as raised:
        embedding(server.url).vectors(["one"])
    assert (raised.value.trouble, len(server.requests)) == (Trouble.BROKEN, 2)


@pytest.mark.parametrize(
    ("act", "trouble"),
    [
        (says(200, "<html>", "text/html"), Trouble.NO_JSON),
        (says(200, "{"), Trouble.NO_JSON),
        (says(200, "{}"), Trouble.NO_VECTORS),
        (says(200, '{"data": null}'), Trouble.NO_VECTORS),
        (says(200, "[]"), Trouble.NO_VECTORS),
        (vectors(), Trouble.NO_VECTORS),
        (vectors([]), Trouble.NO_VECTORS),
        (vectors([0, 0]), Trouble.NO_VECTORS),
        (says(200, '{"data": [{"index": 0, "embedding": [NaN]}]}'), Trouble.NO_VECTORS),
        (says(200, '{"data": [{"index": 0, "embedding": "AAAA"}]}'), Trouble.NO_VECTORS),
        (vectors([1.0] * 9000), Trouble.NO_VECTORS),
        (says(401), Trouble.KEY),
        (says(302, "", "text/html", location="http://127.0.0.1:1/"), Trouble.REDIRECTED),
        (says(404, '{"error": {"message": "model not found", "code": "model_not_found"}}'), Trouble.NO_MODEL),
        (says(404), Trouble.NO_API),
    ],
)
def test_every_trouble_is_named(act: Act, trouble: Trouble) -> None:
    with serving(act) as server, pytest.raises(AssistFailed) as raised:
        embedding(server.url).vectors(["a secret text"])
    assert raised.value.trouble is trouble
    assert "secret" not in str(raised.value)


def test_a_server_that_hangs_up_and_one_that_is_not_there() -> None:
    def hang_up(handler: Handler, _: dict[str, Any]) -> None:
        handler.close_connection = True

    with serving(hang_up) as server, pytest.raises(AssistFailed):
        embedding(server.url).vectors(["one"])
    with pytest.raises(AssistFailed) as raised:
        embedding("http://127.0.0.1:1/v1").vectors(["one"])
    assert raised.value.trouble is Trouble.UNREACHABLE


def test_vectors_of_unlike_lengths_are_none() -> None:
    data = [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [1, 2]}]
    with pytest.raises(AssistFailed):
        read_vectors(json.dumps({"data": data}), 2, "host")
