"""Debian's Japanese documentation packages, downloaded by apt and unpacked without being installed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = (
    "aptitude-doc-ja", "debian-edu-doc-ja", "debian-edu-doc-legacy-ja", "debian-faq-ja", "debian-policy-ja",
    "debian-reference-ja", "developers-reference-ja", "gimp-help-ja", "libreoffice-help-ja", "lilypond-doc-html-ja",
    "maint-guide-ja", "manpages-ja", "manpages-ja-dev",
)  # fmt: skip


def fill_packages(folder: Path) -> None:
    """Unpack each package into a folder of its name; VERSIONS lists what they were."""
    if _download(folder) and os.getuid() == 0:
        # A fresh container has no list of packages yet; only root can get one.
        subprocess.run(["apt-get", "update", "-q"], check=True, stdout=sys.stderr)
    if _download(folder):
        sys.exit("the corpora need Debian's apt, with its list of packages: apt-get update")
    versions = []
    for archive in sorted(folder.glob("*.deb")):
        name, version, _ = archive.name.split("_", 2)
        subprocess.run(["dpkg", "-x", archive, folder / name], check=True)
        archive.unlink()
        versions.append(f"{name} {version.replace('%3a', ':')}\n")
    (folder / "VERSIONS").write_text("".join(versions))


def _download(folder: Path) -> int:
    # As root apt drops its rights for a download, and could not write into a folder of root's then.
    command = ["apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", *PACKAGES]
    return subprocess.run(command, cwd=folder, check=False, stdout=sys.stderr).returncode
