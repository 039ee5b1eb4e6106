"""Whether a folder lies on this computer's own disks or on a network, where locks do not reach every other computer."""

import os
import sys
from pathlib import Path

_NETWORK = {
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone",
    "fuse.sshfs", "fuse.s3fs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb3",
    "smbfs", "virtiofs",
}  # fmt: skip


def is_on_network(folder: Path) -> bool:
    """Return whether a folder lies on a network file system, as far as this system tells; False where it does not."""
    if sys.platform == "win32":  # not yet run
        import ctypes

        remote = 4
        return bool(ctypes.windll.kernel32.GetDriveTypeW(os.path.splitdrive(folder)[0] + "\\") == remote)
    try:
        mounted = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system_of(os.path.realpath(folder), mounted) in _NETWORK


def file_system_of(path: str, mounted: str) -> str:
    """Return the type of the file system that holds an absolute path, given the text of ``mountinfo``."""
    found, longest = "", -1
    for line in mounted.splitlines():
        fields, _, behind = line.partition(" - ")
        words = fields.split()
        if len(words) < 5 or not behind:
            continue
        point = words[4].replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= longest:  # of two mounts at one point the later one hides the first
            found, longest = behind.split()[0], len(point)
    return found
