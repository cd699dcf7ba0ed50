"""The database's history: ordered migrations, each a file of SQL that says beside each table what it holds.

Names of columns are those of the records' fields; a foreign key is the singular with `_id`; offsets are
half-open character offsets into `texts.text`. Lists (`flags`) are JSON. A file that was released is never changed.
"""

from pathlib import Path

from pipeline.schema.library import Database, Migrations

migrations = Migrations("sohieu")
FILES = sorted(Path(__file__).parent.glob("m*.sql"))


def _register(file: Path) -> None:
    @migrations(name=file.stem)
    def apply(database: Database) -> None:
        for statement in file.read_text("utf-8").split(";\n"):
            if statement.strip():
                database.conn.execute(statement)


for _file in FILES:
    _register(_file)
