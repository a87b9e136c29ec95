"""What files said when they came in, for those that came in before this was kept beside them."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from advisorlog.config import Settings
from advisorlog.store.connection import reading
from advisorlog.store.reading import sheet_json, whole
from advisorlog.store.reading.sources import Source, source_name
from advisorlog.vault.notes import ListNote
from advisorlog.vault.reading import read_source
from advisorlog.workflow.importing.running import import_files


def complete(known: Mapping[str, Source], settings: Settings) -> dict[str, Source]:
    """Every source with its sheet: where one is missing, the files are brought into a log that is thrown away."""
    if all(source.said or name.startswith("list:") for name, source in known.items()):
        return dict(known)
    files = [
        read_source(Path(source.path), source.content, place=name.partition(":")[2], zone=settings.zone)
        for name, source in known.items()
        if not name.startswith("list:")
    ]
    with tempfile.TemporaryDirectory(prefix="advisorlog-") as folder:
        scratch = replace(settings, log=Path(folder) / "log.db")
        markdown = [file for file in files if not isinstance(file.note, ListNote)]
        import_files(scratch, markdown, False, lambda done, total: None)
        with reading(scratch.log) as connection:
            said = {source_name(sheet, dict(known)): sheet_json.dump(sheet) for sheet in whole.sheets(connection)}
    return {name: replace(source, said=source.said or said.get(name)) for name, source in known.items()}
