"""What the processes that answer strangers' queries may not do: reach the network, start programs, eat all memory.

Oxigraph's SERVICE cannot be switched off, so the kernel must refuse: a seccomp filter (seccomp(2), Linux 3.5 and later,
no privileges needed) answers EACCES to every call that could make or use a new socket. Where filters are not to be
had, a network namespace of its own (user_namespaces(7)) leaves a process nobody to talk to.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF: LD|W|ABS, JMP|JEQ|K, JMP|JGE|K, RET|K
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with EACCES
_ARCHITECTURES = {
    # AUDIT_ARCH_*, first system call number that is another interface's (x32), and the numbers refused:
    # socket connect accept sendto sendmsg bind listen socketpair execve ptrace accept4 sendmmsg execveat
    # io_uring_setup io_uring_enter io_uring_register pidfd_getfd
    "x86_64": (
        0xC000003E,
        0x40000000,
        (41, 42, 43, 44, 46, 49, 50, 53, 59, 101, 288, 307, 322, 425, 426, 427, 438),
    ),
    "aarch64": (
        0xC00000B7,
        0xFFFFFFFF,
        (198, 203, 202, 206, 211, 200, 201, 199, 221, 117, 242, 269, 281, 425, 426, 427, 438),
    ),
}
"""Numbers from the kernel's arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h."""


def _program(audit: int, foreign: int, refused: tuple[int, ...]) -> bytes:
    """The filter as an array of `struct sock_filter`: another interface or a refused number is denied."""
    tests = [(_AT_LEAST, foreign), *((_EQUAL, number) for number in refused)]
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 0, len(tests) + 2, audit), (_LOAD, 0, 0, 0)]
    lines += [(code, len(tests) - at, 0, value) for at, (code, value) in enumerate(tests)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _DENY)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _prctl(option: int, *values: object) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(option, *values, *[ctypes.c_ulong(0)] * (4 - len(values))) == 0)


def _filter_calls() -> bool:
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return False
    code = _program(*known)
    program = _Program(len(code) // 8, code)
    return _prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1)) and _prctl(
        _PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), ctypes.byref(program)
    )


def _leave_network() -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def close_network() -> str:
    """Shut this process and all that it starts off from the network; how, or "" where the system offers no way.

    Irrevocable. Call it before there are threads: those that run already are not covered.
    """
    if sys.platform != "linux":
        return ""
    if _filter_calls():
        return "seccomp"
    return "namespace" if _leave_network() else ""


def die_with_parent() -> None:
    """Be killed when the parent process ends, however it ends (Linux)."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL))


def _data_bytes() -> int:
    """Private writable memory of this process, what RLIMIT_DATA counts."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmData:"))
    return int(line.split()[1]) * 1024


def limit_memory(size: int) -> None:
    """Let this process have `size` bytes more than it has now; an allocation beyond that ends it."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (_data_bytes() + size, hard))


def free_memory() -> None:
    """Take the limit back, for what the server itself asks."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


def hush() -> None:
    """Say nothing on standard error: the engine's last words on a refused allocation are no news to the operator."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)
