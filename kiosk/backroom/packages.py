"""Packages of matters from the center: believed only when signed, whole, newer and loadable; the last good one stays.

A package is put together in a folder of its own, where a download that broke off goes on, and comes into use by one
rename of `current.json`: whatever ends the program leaves the old one or the new one in use.
"""

import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from flows.canonical import sha256_hex
from flows.heartbeats import Announced
from flows.packages import Manifest, PackageFile, PackageRefused, verify_manifest
from kiosk.backroom.files import sync_folder, write_durably
from kiosk.catalog import CURRENT, MANIFEST, is_whole, packages_folder, versions_in_use

log = logging.getLogger(__name__)
LOAD_LIMIT = 120.0  # s to try all matters of a package; a thousand take three
Fetch = Callable[[str], bytes]  # a path below /v1/packages/


class Packages:
    """Belongs to one thread. `center_key` and `publishers` are whom it believes; `needed` of the latter must sign."""

    def __init__(
        self,
        state_folder: Path,
        center_key: Ed25519PublicKey,
        publishers: Sequence[Ed25519PublicKey] = (),
        needed: int = 0,
    ) -> None:
        self._folder = packages_folder(state_folder)
        self._center_key, self._publishers, self._needed = center_key, publishers, needed
        self.trouble = ""
        self._unloadable = ""  # digest of a package that this program cannot load: it is not fetched again
        self.version = self._check_installed(versions_in_use(state_folder))
        self._highest, self._highest_digest = self._read_highest()

    def take(self, announced: Announced, fetch: Fetch) -> bool:
        """Whether a newer package came into use; `trouble` says why one was refused. Raises CenterFailed, OSError."""
        try:
            if not self._is_wanted(announced):
                return False
            self._install(self._fetched(announced, fetch))
        except PackageRefused as error:
            if str(error) != self.trouble:
                log.error("package %s refused: %s", announced.version, error)
            self.trouble = str(error)
            return False
        self.trouble = ""
        return True

    def _is_wanted(self, announced: Announced) -> bool:
        """Raises PackageRefused (older, another one under the same version, known not to load)."""
        if announced.version < self._highest:
            raise PackageRefused("older", f"package {announced.version} is older than {self._highest}, which was here")
        if announced.version == self._highest and announced.digest != self._highest_digest:
            raise PackageRefused("older", f"there is another package under the version {announced.version}")
        if announced.digest == self._unloadable:
            raise PackageRefused("loading", self.trouble)
        if announced.version == self.version:
            self.trouble = ""
        return announced.version > self.version

    def _fetched(self, announced: Announced, fetch: Fetch) -> tuple[Manifest, Path]:
        """The package in its folder, whole and tried. Raises PackageRefused, CenterFailed, OSError."""
        body = fetch(str(announced.version))
        manifest = self._verified(body)
        if (manifest.version, manifest.digest) != (announced.version, announced.digest):
            raise PackageRefused("mismatch", f"what came is not package {announced.version} as the center announced it")
        folder = self._folder / f".new-{manifest.digest[:16]}"
        self._clear(keep=folder.name)
        for name in ("matters", "icons"):
            (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        self._tidy(manifest, folder)
        for item in manifest.files:
            if _digest(folder / item.path) != item.sha256:
                write_durably(folder / item.path, self._file(manifest, item, fetch))
        write_durably(folder / MANIFEST, body)
        self._try_out(manifest, folder / "matters")
        return manifest, folder

    def _verified(self, body: bytes) -> Manifest:
        return verify_manifest(body, center_key=self._center_key, publishers=self._publishers, needed=self._needed)

    def _tidy(self, manifest: Manifest, folder: Path) -> None:
        """Away with what a killed download left half written."""
        named = {item.path for item in manifest.files}
        for path in folder.glob("*/*"):
            if f"{path.parent.name}/{path.name}" not in named:
                path.unlink()

    def _file(self, manifest: Manifest, item: PackageFile, fetch: Fetch) -> bytes:
        """From the package in use where it is the same, else from the center."""
        before = self._folder / str(self.version) / item.path
        if _digest(before) == item.sha256:
            return before.read_bytes()
        data = fetch(f"{manifest.version}/files/{item.sha256}")
        if len(data) != item.size or sha256_hex(data) != item.sha256:
            raise PackageRefused("content", f"{item.path} came altered or in part")
        return data

    def _try_out(self, manifest: Manifest, folder: Path) -> None:
        """In a process of its own: what it takes and what it breaks is gone with it. Raises PackageRefused."""
        command = [sys.executable, "-m", "kiosk.catalog", str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=LOAD_LIMIT, check=False)
            said = done.stdout.strip() if done.returncode else ""
            failed = done.returncode != 0
        except subprocess.TimeoutExpired:
            said, failed = f"takes longer than {LOAD_LIMIT:.0f} s", True
        if failed:
            self._unloadable = manifest.digest
            reason = said or "the program that tries it ended unexpectedly"
            raise PackageRefused("loading", f"package {manifest.version} does not load on this program: {reason}")

    def _install(self, tried: tuple[Manifest, Path]) -> None:
        """One rename of `current.json` is the change; what lay there before stays until the next one."""
        manifest, folder = tried
        place = self._folder / str(manifest.version)
        shutil.rmtree(place, ignore_errors=True)
        for name in ("matters", "icons"):
            sync_folder(folder / name)
        sync_folder(folder)
        folder.rename(place)
        sync_folder(self._folder)
        before, self.version = self.version, manifest.version
        self._highest, self._highest_digest = manifest.version, manifest.digest
        self._write_current(before)
        for path in self._folder.glob("[0-9]*"):
            if path.name not in (str(self.version), str(before)):
                shutil.rmtree(path, ignore_errors=True)

    def _write_current(self, before: int) -> None:
        named = {
            "version": self.version,
            "before": before,
            "highest": self._highest,
            "highest_digest": self._highest_digest,
        }
        write_durably(self._folder / CURRENT, json.dumps(named).encode())

    # --- what is there at the start

    def _check_installed(self, versions: Sequence[int]) -> int:
        """The newest that is signed and whole; 0: the matters the program came with."""
        for version in versions:
            folder = self._folder / str(version)
            try:
                manifest = self._verified((folder / MANIFEST).read_bytes())
                if manifest.version == version and is_whole(folder):
                    return version
                self.trouble = f"package {version} is damaged on this disk"
            except OSError:
                self.trouble = f"package {version} is missing on this disk"
            except PackageRefused as error:
                self.trouble = f"on this disk: {error}"
            log.error("%s; the one before is used", self.trouble)
        return 0

    def _read_highest(self) -> tuple[int, str]:
        try:
            named = json.loads((self._folder / CURRENT).read_bytes())
            highest = int(named["highest"]), str(named["highest_digest"])
        except (OSError, ValueError, KeyError, TypeError):
            highest = 0, ""
        if self.version > highest[0]:
            body = (self._folder / str(self.version) / MANIFEST).read_bytes()
            return self.version, Manifest.model_validate_json(body).digest
        return highest

    def _clear(self, keep: str) -> None:
        """What is left of other downloads."""
        for path in self._folder.glob(".new-*"):
            if path.name != keep:
                shutil.rmtree(path, ignore_errors=True)


def _digest(path: Path) -> str:
    try:
        return sha256_hex(path.read_bytes())
    except OSError:
        return ""
