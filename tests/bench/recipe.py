"""The first peer, *the recipe*: what a Python user would write for this job, as one process.

Jinja2 fills the fragments from the YAML files, one pypandoc call makes a .docx of them, docxtpl sets it into a frame as a
sub-document. Run as `python -m tests.bench.recipe DIR OUT`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def frame(path: Path) -> None:
    """The Word frame: a cover and a place for the body."""
    from docx import Document

    document = Document()
    document.add_paragraph("{{ title }}")
    document.add_paragraph("{{ unit }}")
    document.add_paragraph("{{p body }}")
    document.save(str(path))


def values(folder: Path) -> dict[str, Any]:
    """The data as a template wants them: numbers with their units, as text."""
    import yaml

    def read(name: str) -> Any:
        return yaml.load((folder / "data" / name).read_text("utf-8"), yaml.CSafeLoader)

    indicators = {
        row["short"]: {
            year: f"{cell['value']:.{row['decimals']}f}{row['unit']}" for year, cell in row["values"].items()
        }
        for row in read("indicators.yaml")["rows"]
    }
    facilities: dict[str, dict[str, int]] = {}
    for row in read("facilities_county.yaml")["rows"]:
        sums = facilities.setdefault(row["类型"], {"床位": 0, "护理型床位": 0})
        for column in sums:
            sums[column] += row[column]
    plan = read("plans/speed.yaml")["plan"]
    return {"指标": indicators, "设施": facilities, "title": plan["title"], "unit": plan["unit"]}


def merged(folder: Path) -> str:
    """All fragments, filled, as one Markdown text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    sections = folder / "peers" / "sections"
    environment = Environment(
        loader=FileSystemLoader(sections),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 -- it is Markdown
        comment_start_string="{##",
        comment_end_string="##}",
        keep_trailing_newline=True,
    )
    data = values(folder)
    return "\n\n".join(
        environment.get_template(path.name).render(data) for path in sorted(sections.glob("*.md"))
    )


def main(folder: Path, out: Path) -> None:
    """Fragments and data to a Word file."""
    import pypandoc
    from docxtpl import DocxTemplate

    body = out.with_suffix(".body.docx")
    pypandoc.convert_text(merged(folder), "docx", format="markdown", outputfile=str(body))
    template = DocxTemplate(folder / "peers" / "frame.docx")
    data = values(folder)
    template.render({"title": data["title"], "unit": data["unit"], "body": template.new_subdoc(str(body))})
    template.save(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
