"""What a power loss leaves of a folder, from the log of what a program wrote there (tests/faults/log_writes.c).

The model is pessimistic. What a file contains is on the disk once the file was flushed, and which names a folder has, once the folder
was. Of everything else nothing, all or any part may be there: of contents any of the writes, each whole or cut; of names any of the
changes, but a file that is renamed within its folder has one of its names.
"""
import collections
import itertools
import os
import pathlib
import random
import struct

_RECORD = struct.Struct("<IIIIQq")
_NAME, _UNNAME, _RENAME, _WRITE, _SIZE, _SYNC, _FOLDER = range(1, 8)

Event = collections.namedtuple("Event", "kind file at path to data")


def read_log(path, folder):
    """The events, with paths relative to the folder."""
    data = pathlib.Path(path).read_bytes()
    at = 0
    while at < len(data):
        kind, path_bytes, to_bytes, data_bytes, file, place = _RECORD.unpack_from(data, at)
        at += _RECORD.size
        parts = []
        for size in (path_bytes, to_bytes, data_bytes):
            parts.append(data[at:at + size])
            at += size
        names = [os.path.relpath(os.fsdecode(part), folder) if part else "" for part in parts[:2]]
        yield Event(kind, file, place, *names, parts[2])


def syncs(events):
    """The places in the log at which something was flushed, and its end."""
    return [i for i, event in enumerate(events) if event.kind == _SYNC] + [len(events)]


class _File:
    def __init__(self):
        self.flushed, self.pending = b"", []

    def flush(self):
        self.flushed, self.pending = self.with_changes(self.pending), []

    def with_changes(self, changes):
        content = bytearray(self.flushed)
        for event in changes:
            if event.kind == _SIZE:
                content[event.at:] = b"\0" * max(0, event.at - len(content))
            else:
                content[len(content):] = b"\0" * max(0, event.at - len(content))
                content[event.at:event.at + len(event.data)] = event.data
        return bytes(content)


class Disk:
    """What was on the disk, and what only in memory, after the first `count` events."""

    def __init__(self, events, count):
        self._files = collections.defaultdict(_File)
        self._names = {".": None}  # on the disk: path to file, None for a folder
        self._changes = []  # others of names, in their order: the folders concerned, and the names with what they are then
        for event in itertools.islice(events, count):
            self._add(event)

    def _change(self, *names):
        folders = {os.path.dirname(path) or "." for path, _ in names}
        if len(folders) == 1:
            self._changes.append((folders.pop(), names))
        else:  # each folder has its part of it
            self._changes.extend((os.path.dirname(path) or ".", [(path, file)]) for path, file in names)

    def _add(self, event):
        if event.kind in (_WRITE, _SIZE):
            self._files[event.file].pending.append(event)
        elif event.kind == _NAME:
            self._change((event.path, event.file))
        elif event.kind == _FOLDER:
            self._change((event.path, None))
        elif event.kind == _UNNAME:
            self._change((event.path, "gone"))
        elif event.kind == _RENAME:
            self._change((event.to, event.file), (event.path, "gone"))
        elif event.path:
            self._flush_folder(event.path)
        else:
            self._files[event.file].flush()

    def _flush_folder(self, folder):
        for of, names in self._changes:
            if of == folder:
                self._names.update(names)
        self._changes = [change for change in self._changes if change[0] != folder]

    def left(self, names_kept, changes_of):
        """The files, by path, and the folders. `names_kept(change)`: whether it was written; `changes_of(file)`: those of its contents
        that were."""
        names = dict(self._names)
        for change in self._changes:
            if names_kept(change):
                names.update(change[1])
        there = {path: file for path, file in names.items() if file != "gone"}
        files = {}
        for path, file in there.items():
            above = [str(parent) for parent in pathlib.PurePath(path).parents]
            # The index of SQLite's log is mapped; SQLite makes it anew.
            if all(there.get(parent, "") is None for parent in above) and not path.endswith("-shm"):
                files[path] = None if file is None else self._files[file].with_changes(changes_of(self._files[file]))
        return files

    def only_what_was_flushed(self):
        return self.left(lambda change: False, lambda file: [])

    def names_without_contents(self):
        return self.left(lambda change: True, lambda file: [])

    def everything(self):
        return self.left(lambda change: True, lambda file: file.pending)

    def any_part(self, seed):
        chance = random.Random(seed)

        def torn(file):
            for event in file.pending:
                if chance.random() < 0.5:
                    yield event if event.kind == _SIZE or chance.random() < 0.5 else event._replace(
                        data=event.data[:chance.randrange(len(event.data) + 1)])

        return self.left(lambda change: chance.random() < 0.5, lambda file: list(torn(file)))


def build(files, folder):
    """Writes what is left into a folder, which is made."""
    for path, content in sorted(files.items()):
        target = folder / path
        if content is None:
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
