"""Parses ``ontology/rules/*.rq``: a SPARQL CONSTRUCT query a file, in a subset that can be run forwards and explained.

WHERE may have triple patterns, ``FILTER ( … )``, ``FILTER NOT EXISTS { … }`` and ``BIND ( … AS ?new )``; a predicate is
always an IRI; a variable bound by BIND is used in the template alone. The header (``rdf/query_header.py``) gives the
rule's name, its sentences, and its stage, by default 1: rules with NOT EXISTS run in stage 2, after all others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn, TypeAlias

from pyoxigraph import Literal, NamedNode

from mandata.errors import MandataError
from mandata.rdf.namespaces import RDF, XSD
from mandata.rdf.query_header import HeaderKind, QueryHeader, one_of, read_query_file
from mandata.reason.facts import Term
from mandata.reason.rules.expressions import FUNCTIONS, Call, Expression, Variable, variables

Pattern: TypeAlias = tuple[Variable | Term, Variable | Term, Variable | Term]

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)|(?P<iri><[^<>\s]*>)|(?P<var>[?$]\w+)|(?P<string>"(?:[^"\\]|\\.)*")|(?P<lang>@[\w-]+)
    |(?P<name>(?:\w[\w-]*)?:(?:[\w-]|\.(?=[\w-]))*)|(?P<number>\d+)|(?P<word>[A-Za-z]+)|(?P<mark>\^\^|&&|\|\||[!<>]=|[{}().;,=<>!])""",
    re.VERBOSE,
)
_KIND: Final = HeaderKind("rule", optional=("stage",), checks={"stage": one_of("1", "2")})
_OPERATORS: Final = (("||",), ("&&",), ("=", "!=", "<", "<=", ">", ">="))


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule of our own: its sentences by language, and the parts of its query."""

    name: str
    stage: int
    sentences: Mapping[str, str]
    body: tuple[Pattern, ...]
    head: tuple[Pattern, ...]
    binds: tuple[tuple[str, Expression], ...] = ()
    tests: tuple[Expression, ...] = ()
    absent: tuple[tuple[Pattern, ...], ...] = ()


def read_rules(folder: Path) -> tuple[RuleFile, ...]:
    """Return the rules of a folder, in the order of their file names.

    Raises:
        MandataError: a file is not a valid rule, or a rule requires the absence of what stage 2 concludes.
    """
    rules = tuple(read_rule(path) for path in sorted(folder.glob("*.rq")))
    late = {_about(pattern) for rule in rules if rule.stage > 1 for pattern in rule.head}
    for rule in rules:
        clash = late & {_about(pattern) for group in rule.absent for pattern in group}
        if clash:
            what = f"asks for the absence of what stage 2 concludes: {min(map(str, clash))}"
            raise MandataError("stages", what, f"rule {rule.name}", "ask for what is known in stage 1")
    return rules


def _about(pattern: Pattern) -> Variable | Term:
    """Return the predicate of a pattern, or its class if the predicate is rdf:type."""
    return pattern[2] if pattern[1] == NamedNode(RDF + "type") else pattern[1]


def read_rule(path: Path) -> RuleFile:
    """Return the rule in a file.

    Raises:
        MandataError: its header is not valid, or its query is not in the subset.
    """
    header, text = read_query_file(path, _KIND)
    return _RuleParser(text, str(path)).rule(header)


@dataclass(slots=True)
class _WhereClause:
    body: list[Pattern] = field(default_factory=list)
    binds: list[tuple[str, Expression]] = field(default_factory=list)
    tests: list[Expression] = field(default_factory=list)
    absent: list[tuple[Pattern, ...]] = field(default_factory=list)


class _RuleParser:
    """A recursive-descent parser for one rule."""

    def __init__(self, text: str, where: str) -> None:
        self._text, self._where = text, where
        self._prefixes: dict[str, str] = {}
        self._tokens = self._split()
        self._at = 0

    def _split(self) -> list[tuple[str, str, int]]:
        tokens, at = [], 0
        while at < len(self._text):
            found = _TOKEN.match(self._text, at)
            if not found:
                self._fail("holds a sign that rules do not use", at)
            if found.lastgroup != "space":
                tokens.append((str(found.lastgroup), found.group(), at))
            at = found.end()
        return [*tokens, ("end", "", at)]

    def _fail(self, what: str, at: int | None = None) -> NoReturn:
        offset = self._tokens[self._at][2] if at is None else at
        line = self._text.count("\n", 0, offset) + 1
        raise MandataError("rule", what, f"{self._where}:{line}", "write it in the form of the rules in ontology/rules")

    @property
    def _word(self) -> str:
        return self._tokens[self._at][1]

    @property
    def _kind(self) -> str:
        return self._tokens[self._at][0]

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1][1]

    def _accept(self, word: str) -> bool:
        if self._word.upper() == word and self._kind != "string":
            self._at += 1
            return True
        return False

    def _expect(self, *words: str) -> None:
        for word in words:
            if not self._accept(word):
                self._fail(f"expected {word}, found {self._word or 'the end'}")

    def rule(self, header: QueryHeader) -> RuleFile:
        while self._accept("PREFIX"):
            prefix = self._take()
            self._prefixes[prefix[:-1]] = self._take()[1:-1]
        self._expect("CONSTRUCT", "{")
        head = self._triples()
        self._expect("}", "WHERE", "{")
        where = self._group()
        self._expect("}")
        if self._kind != "end":
            self._fail(f"expected the end, found {self._word}")
        rule = RuleFile(
            header.name,
            int(header.value("stage", "1")),
            header.words,
            tuple(where.body),
            head,
            tuple(where.binds),
            tuple(where.tests),
            tuple(where.absent),
        )
        self._check(rule)
        return rule

    def _check(self, rule: RuleFile) -> None:
        bound = {term.name for pattern in rule.body for term in pattern if isinstance(term, Variable)}
        for name, expression in rule.binds:
            if name in bound:
                self._fail(f"?{name} is bound twice, or used in a pattern", 0)
            bound |= {name} if variables(expression) <= bound else set()
        read = {term.name for pattern in rule.head for term in pattern if isinstance(term, Variable)}
        read |= set().union(*(variables(expression) for expression in (*rule.tests, *(e for _, e in rule.binds))))
        if read - bound:
            self._fail(f"?{min(read - bound)} is bound by no pattern", 0)
        if rule.absent and rule.stage == 1:
            self._fail("asks for an absence, so its header must say 'stage: 2'", 0)

    def _group(self) -> _WhereClause:
        where = _WhereClause()
        while self._word != "}":
            if self._accept("FILTER"):
                if self._accept("NOT"):
                    self._expect("EXISTS", "{")
                    where.absent.append(self._triples())
                    self._expect("}")
                else:
                    self._expect("(")
                    where.tests.append(self._expression())
                    self._expect(")")
            elif self._accept("BIND"):
                self._expect("(")
                expression = self._expression()
                self._expect("AS")
                where.binds.append((self._take()[1:], expression))
                self._expect(")")
            elif not self._accept("."):
                where.body += self._subject()
        return where

    def _triples(self) -> tuple[Pattern, ...]:
        patterns: list[Pattern] = []
        while self._word != "}":
            patterns += self._subject()
            self._accept(".")
        return tuple(patterns)

    def _subject(self) -> list[Pattern]:
        subject = self._term()
        patterns: list[Pattern] = []
        while True:
            predicate = NamedNode(RDF + "type") if self._accept("A") else self._term()
            if not isinstance(predicate, NamedNode):
                self._fail("a predicate must be named")
            patterns.append((subject, predicate, self._term()))
            while self._accept(","):
                patterns.append((subject, predicate, self._term()))
            if not self._accept(";"):
                return patterns
            if self._word in (".", "}"):
                return patterns

    def _term(self) -> Variable | Term:
        kind, word = self._kind, self._word
        if kind not in ("var", "iri", "name", "string", "number"):
            self._fail(f"expected a term, found {word or 'the end'}")
        self._at += 1
        if kind == "var":
            return Variable(word[1:])
        if kind == "iri":
            return NamedNode(word[1:-1])
        if kind == "name":
            return self._expand_name(word)
        if kind == "number":
            return Literal(word, datatype=NamedNode(XSD + "integer"))
        return self._literal(re.sub(r"\\(.)", r"\1", word[1:-1]))

    def _literal(self, words: str) -> Literal:
        if self._kind == "lang":
            return Literal(words, language=self._take()[1:])
        if self._accept("^^"):
            datatype = self._term()
            if isinstance(datatype, NamedNode):
                return Literal(words, datatype=datatype)
        return Literal(words)

    def _expand_name(self, word: str) -> NamedNode:
        prefix, _, local = word.partition(":")
        if prefix not in self._prefixes:
            self._fail(f"the prefix {prefix}: is not declared")
        return NamedNode(self._prefixes[prefix] + local)

    def _expression(self, level: int = 0) -> Expression:
        if level == len(_OPERATORS):
            return self._primary()
        left = self._expression(level + 1)
        while self._word in _OPERATORS[level] and self._kind == "mark":
            operator = self._take()
            left = Call(operator, (left, self._expression(level + 1)))
        return left

    def _primary(self) -> Expression:
        if self._accept("!"):
            return Call("!", (self._primary(),))
        if self._accept("("):
            inner = self._expression()
            self._expect(")")
            return inner
        if self._kind != "word":
            return self._term()
        name = self._word.upper()
        if name not in FUNCTIONS:
            self._fail(f"rules do not use {name}")
        self._at += 1
        self._expect("(")
        arguments = [self._expression()]
        while self._accept(","):
            arguments.append(self._expression())
        self._expect(")")
        return Call(name, tuple(arguments))
