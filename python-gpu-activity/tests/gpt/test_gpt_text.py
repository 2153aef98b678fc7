"""Tokens, documents and the split of examples/gpt."""

import gzip
import json
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

TEXT = b"the cat and the hat, the cat in the hat: 1234 times\n" * 40


@given(st.binary(max_size=300))
def test_what_is_encoded_can_be_decoded_whatever_it_is(text):
    from tokenizer import learn

    made = learn([TEXT], 300)
    assert made.decode(made.encode(text)) == text


def test_pairs_are_merged_and_the_same_text_makes_the_same_tokens():
    from tokenizer import Tokenizer, learn

    made = learn([TEXT], 300)
    assert 256 < made.vocabulary <= 300
    assert learn([TEXT], 300).merges == made.merges
    assert len(made.encode(TEXT)) < len(TEXT) / 2
    assert Tokenizer(made.merges).encode(TEXT) == made.encode(TEXT)
    assert list(Tokenizer().encode(b"ab")) == [97, 98]


def test_documents_come_from_folders_archives_and_lines(tmp_path):
    from documents import LONGEST, documents

    (tmp_path / "a.txt").write_bytes(b"plain")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"packed"))
    (tmp_path / "c.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in ("one", "two")))
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("e.txt", "zipped")
    (tmp_path / "picture.png").write_bytes(b"none")
    assert list(documents(str(tmp_path))) == [b"plain", b"packed", b"one", b"two", b"zipped"]
    (tmp_path / "long").write_bytes(b"x" * LONGEST + b"y\nz")
    assert list(documents(str(tmp_path / "long"))) == [b"x" * LONGEST + b"y\n", b"z"]


def test_a_document_keeps_its_side_and_data_is_made_of_both(tmp_path, monkeypatch):
    import prepare

    documents = [b"document %d of many, each with words of its own\n" % n for n in range(500)]
    prepare.make(documents, tmp_path, 270)
    monkeypatch.setenv("AUTOLIFT_DATA", str(tmp_path))
    made = prepare.tokenizer()
    sides = {part: made.decode(prepare.tokens_of(part)) for part in ("train", "val")}
    assert made.vocabulary == 270
    assert sides["val"] == b"".join(filter(prepare.is_validation, documents))
    assert len(sides["train"]) + len(sides["val"]) == sum(map(len, documents))
    assert 0 < len(sides["val"]) < len(sides["train"]) / 20
    assert prepare.exam(10**6) == (64, 2048)
    assert (
        len(prepare.segments(prepare.tokens_of("val") * 20, prepare.exam(20 * len(prepare.tokens_of("val")))))
        == 64
    )


def test_no_validation_text_is_among_the_text_to_train_on():
    import prepare

    shown = {path.parent.name for path in prepare.train_files()}
    assert not shown & set(prepare.HIDDEN)
    assert {path.relative_to(prepare.STDLIB).parts[0] for path in prepare.validation_files()} == set(
        prepare.HIDDEN
    )


def test_sequences_begin_elsewhere_for_another_seed_and_another_device(monkeypatch):
    import prepare

    def drawn(seed: str, rank: int) -> list[int]:
        monkeypatch.setenv("AUTOLIFT_SEED", seed)
        return prepare.Places(10_000, 100, rank).draw(5)

    assert drawn("1", 0) == drawn("1", 0)
    assert drawn("1", 0) != drawn("2", 0)
    assert drawn("1", 0) != drawn("1", 1)
    with pytest.raises(SystemExit, match="only 50 tokens"):
        prepare.Places(50, 100)


def test_texts_are_asked_for_from_begin_to_end():
    from array import array

    from prepare import Exam, segments

    found = segments(array("H", range(1000)), Exam(4, 9))
    assert [len(one) for one in found] == [10] * 4
    assert (found[0][0], found[-1][-1]) == (0, 999)
    with pytest.raises(SystemExit, match="only 10 tokens"):
        segments(array("H", range(10)), Exam(4, 9))


def test_prepare_needs_both_ends(monkeypatch, capsys):
    import prepare

    monkeypatch.setattr(sys, "argv", ["prepare.py", "--from", "there"])
    with pytest.raises(SystemExit):
        prepare.main()
    assert "--from and --to go together" in capsys.readouterr().err


def test_data_that_was_never_made_is_said(tmp_path, monkeypatch):
    import prepare

    monkeypatch.setenv("AUTOLIFT_DATA", str(tmp_path))
    with pytest.raises(SystemExit, match="made nothing"):
        prepare.tokenizer()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt.gz", b"not packed", "a.txt.gz is no whole gzip file"),
        ("b.txt.gz", gzip.compress(b"cut short" * 99)[:-12], "b.txt.gz is no whole gzip file"),
        ("c.zip", b"PK none", "c.zip can't be unpacked"),
        ("d.jsonl", b'{"text": "good"}\n\n{"text": 5}\n', 'd.jsonl, line 3 is not {"'),
        ("e.jsonl", b"[]\n", 'e.jsonl, line 1 is not {"'),
        ("f.jsonl", b"no json", 'f.jsonl, line 1 is not {"'),
        ("g.txt", b"one document", "of 1 documents "),
    ],
)
def test_text_that_cant_be_used_is_said_in_one_line(name, content, said, tmp_path, monkeypatch, capsys):
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / name).write_bytes(content)
    assert said in refused(str(tmp_path / "from"), tmp_path / "to", monkeypatch, capsys)
    assert not (tmp_path / "to").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("no/such/folder", "no/such/folder is not there"),
        ("http://127.0.0.1:1/text.txt", "http://127.0.0.1:1/text.txt can't be fetched"),
        ("http://[half/text.txt", "can't be fetched"),
    ],
)
def test_a_source_that_isnt_there_is_said_in_one_line(source, said, tmp_path, monkeypatch, capsys):
    assert said in refused(source, tmp_path / "to", monkeypatch, capsys)


def refused(source, to, monkeypatch, capsys):
    """What it says on its standard error, in one line."""
    import prepare

    monkeypatch.setattr(sys, "argv", ["prepare.py", "--from", source, "--to", str(to)])
    with pytest.raises(SystemExit) as ended:
        prepare.main()
    said = capsys.readouterr().err
    assert (ended.value.code, said.count("\n")) == (2, 1)
    return said
