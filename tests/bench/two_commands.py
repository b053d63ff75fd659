"""The peer of `drafter --help`: a typer program of two commands."""

import typer

app = typer.Typer()


@app.command()
def one(name: str) -> None:
    """First."""
    print(name)


@app.command()
def two(name: str, loud: bool = False) -> None:
    """Second."""
    print(name.upper() if loud else name)


if __name__ == "__main__":
    app()
