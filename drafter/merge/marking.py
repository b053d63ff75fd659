"""Marks in the syntax tree of a template, before it is compiled.

Every literal gets the mark of its offset, every expression a mark before and one behind. Text of set blocks becomes `Captured`, rounds of
loops are counted, strings that are joined have a limit. Line numbers of nodes are offsets, see `environment`.
"""

from __future__ import annotations

from bisect import bisect_right

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from drafter.merge import marks

CAPTURED, EACH, JOINED = "captured_", "each_", "joined_"
"""Filters of the environment that only marking puts into a template."""


class CapturedFilterError(Exception):
    """A filter on a block of text, at `offset` of a template."""

    def __init__(self, path: str, offset: int) -> None:
        super().__init__(path, offset)
        self.path, self.offset = path, offset


class Marking(NodeTransformer):
    """Marks in a syntax tree. Block text that is captured is made `Captured`; loops are counted."""

    def __init__(self, template: int, path: str, tags: list[tuple[int, int]]) -> None:
        self.template, self.path, self.tags = template, path, tags

    def _opening(self, node: nodes.Node) -> nodes.TemplateData:
        offset = node.lineno - 1
        index = bisect_right(self.tags, (offset, 1 << 60)) - 1
        start, end = self.tags[index] if index >= 0 else (offset, offset)
        return nodes.TemplateData(marks.opening(self.template, start, end), lineno=node.lineno)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 -- named by Jinja2
        """`a ~ b`, with a limit."""
        self.generic_visit(node)
        parts = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(parts, JOINED, [], [], None, None, lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 -- named by Jinja2
        """Literals with their offset, expressions between their marks."""
        self.generic_visit(node)
        children: list[nodes.Expr] = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                mark = marks.literal(self.template, child.lineno - 1)
                children.append(nodes.TemplateData(mark + child.data, lineno=child.lineno))
            else:
                children += [
                    self._opening(child),
                    child,
                    nodes.TemplateData(marks.CLOSING, lineno=child.lineno),
                ]
        node.nodes = children
        return node

    def visit_CallBlock(self, node: nodes.CallBlock) -> list[nodes.Node]:  # noqa: N802 -- named by Jinja2
        """A call block prints by itself: its marks are literals around it."""
        self.generic_visit(node)
        before = nodes.Output([self._opening(node)], lineno=node.lineno)
        return [
            before,
            node,
            nodes.Output([nodes.TemplateData(marks.CLOSING, lineno=node.lineno)], lineno=node.lineno),
        ]

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 -- named by Jinja2
        """Each round is counted."""
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, EACH, [], [], None, None, lineno=node.iter.lineno)
        return node

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> nodes.AssignBlock:  # noqa: N802 -- named by Jinja2
        """The text of a set block is captured."""
        if node.filter is not None:
            raise CapturedFilterError(self.path, node.lineno - 1)
        self.generic_visit(node)
        node.filter = nodes.Filter(None, CAPTURED, [], [], None, None, lineno=node.lineno)
        return node

    def visit_FilterBlock(self, node: nodes.FilterBlock) -> nodes.FilterBlock:  # noqa: N802 -- named by Jinja2
        """A filter on a block would see the marks."""
        raise CapturedFilterError(self.path, node.lineno - 1)
