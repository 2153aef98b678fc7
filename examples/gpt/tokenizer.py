"""Fixed: byte-level byte-pair encoding. Without merges its tokens are the 256 bytes."""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

Pair = tuple[int, int]
# what is never merged across: words, short numbers, runs of signs, blanks
WORDS = re.compile(rb" ?[A-Za-z_\x80-\xff]+| ?[0-9]{1,3}| ?[^\sA-Za-z0-9_\x80-\xff]+|\s+(?!\S)|\s+")


class Tokenizer:
    def __init__(self, merges: Iterable[Pair] = ()) -> None:
        self.merges = [(int(a), int(b)) for a, b in merges]
        self.pieces = [bytes((value,)) for value in range(256)]
        for a, b in self.merges:
            self.pieces.append(self.pieces[a] + self.pieces[b])
        self._made = {pair: 256 + rank for rank, pair in enumerate(self.merges)}
        self._known: dict[bytes, list[int]] = {}

    @property
    def vocabulary(self) -> int:
        return len(self.pieces)

    def encode(self, text: bytes) -> array:
        tokens = array("H")
        if not self.merges:
            tokens.extend(text)
            return tokens
        for word in WORDS.findall(text):
            found = self._known.get(word)
            if found is None:
                found = self._known[word] = self._merged(list(word))
            tokens.extend(found)
        return tokens

    def decode(self, tokens: Iterable[int]) -> bytes:
        return b"".join(self.pieces[token] for token in tokens)

    def _merged(self, word: list[int]) -> list[int]:
        while len(word) > 1:
            best = min(pairwise(word), key=lambda pair: self._made.get(pair, 1 << 30))
            if best not in self._made:
                break
            word = joined(word, best, self._made[best])
        return word


def joined(word: list[int], pair: Pair, token: int) -> list[int]:
    made, at = [], 0
    while at < len(word):
        if at + 1 < len(word) and (word[at], word[at + 1]) == pair:
            made.append(token)
            at += 2
        else:
            made.append(word[at])
            at += 1
    return made


def learn(texts: Iterable[bytes], vocabulary: int) -> Tokenizer:
    """The most frequent pair becomes a token, again and again. Of equals the lower pair: without chance."""
    counts = Counter(word for text in texts for word in WORDS.findall(text))
    words = [list(word) for word in counts]
    weights = list(counts.values())
    frequency: Counter[Pair] = Counter()
    places: dict[Pair, set[int]] = defaultdict(set)

    def count(index: int, sign: int) -> None:
        word = words[index]
        for pair in pairwise(word):
            frequency[pair] += sign * weights[index]
            places[pair].add(index)

    for index in range(len(words)):
        count(index, 1)
    merges: list[Pair] = []
    while 256 + len(merges) < vocabulary and frequency:
        best = max(frequency, key=lambda pair: (frequency[pair], (-pair[0], -pair[1])))
        if frequency[best] < 2:
            break
        for index in places.pop(best):
            count(index, -1)
            words[index] = joined(words[index], best, 256 + len(merges))
            count(index, 1)
        del frequency[best]
        merges.append(best)
    return Tokenizer(merges)
