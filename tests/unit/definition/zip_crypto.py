"""Writes an archive with the standard ZIP encryption, which Python itself can only read.

Source: APPNOTE.TXT, "Traditional PKWARE Encryption".
"""

from __future__ import annotations

import struct
import zlib

_TABLE = [0] * 256
for _byte in range(256):
    _value = _byte
    for _ in range(8):
        _value = (_value >> 1) ^ (0xEDB88320 if _value & 1 else 0)
    _TABLE[_byte] = _value


class _Keys:
    def __init__(self, password: bytes) -> None:
        self._a, self._b, self._c = 0x12345678, 0x23456789, 0x34567890
        for byte in password:
            self._update(byte)

    def _update(self, byte: int) -> None:
        self._a = (self._a >> 8) ^ _TABLE[(self._a ^ byte) & 0xFF]
        self._b = (self._b + (self._a & 0xFF)) & 0xFFFFFFFF
        self._b = (self._b * 134775813 + 1) & 0xFFFFFFFF
        self._c = (self._c >> 8) ^ _TABLE[(self._c ^ (self._b >> 24)) & 0xFF]

    def encrypt(self, plain: bytes) -> bytes:
        hidden = bytearray()
        for byte in plain:
            key = self._c | 2
            hidden.append(byte ^ (((key * (key ^ 1)) >> 8) & 0xFF))
            self._update(byte)
        return bytes(hidden)


def locked(name: str, content: bytes, password: bytes) -> bytes:
    """An archive of one stored, encrypted file."""
    check = zlib.crc32(content)
    header = bytes(11) + bytes([check >> 24])
    body = _Keys(password).encrypt(header + content)
    path = name.encode()
    facts = struct.pack(
        "<HHHHHIIIHH", 20, 1, 0, 0, 33, check, len(body), len(content), len(path), 0
    )
    local = b"PK\x03\x04" + facts + path + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + facts + bytes(14) + path
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end
