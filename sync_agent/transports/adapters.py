# SPDX-License-Identifier: GPL-3.0-or-later
"""How ``requests`` is made to suit a slow line and a province's own certificate authority."""

from __future__ import annotations

import ssl

import truststore
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool, ProxyManager

SEND_BLOCK_BYTES = 8192
"""Bytes given to the socket at once. The connect time-out of 5 s counts for each: at 2 kB/s a block takes 4 s."""


class SmallBlocks(HTTPAdapter):
    """Sends bodies in blocks that a slow line can take within the time-out."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: object) -> None:
        """Set the size of the blocks."""
        super().init_poolmanager(connections, maxsize, block, blocksize=SEND_BLOCK_BYTES, **options)

    def proxy_manager_for(self, proxy: str, **options: object) -> ProxyManager:
        """Set the size of the blocks behind a proxy."""
        manager: ProxyManager = super().proxy_manager_for(proxy, blocksize=SEND_BLOCK_BYTES, **options)
        return manager

    def close(self) -> None:
        """Close the connections now; left to itself, the library waits for the garbage collector."""
        for manager in (self.poolmanager, *self.proxy_manager.values()):
            for key in manager.pools.keys():  # noqa: SIM118 — a container of the library's own, not a dict
                manager.pools[key].close()
        super().close()


class OperatingSystemRoots(SmallBlocks):
    """Trusts the authorities that the operating system trusts, so that a province's own may be among them."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: object) -> None:
        """Set where trust comes from."""
        super().init_poolmanager(connections, maxsize, block, ssl_context=_context(), **options)

    def proxy_manager_for(self, proxy: str, **options: object) -> ProxyManager:
        """Set where trust comes from behind a proxy."""
        return super().proxy_manager_for(proxy, ssl_context=_context(), **options)

    def cert_verify(
        self,
        conn: HTTPSConnectionPool,
        url: str,
        verify: bool | str | None,
        cert: str | tuple[str, str] | None,
    ) -> None:
        """Leave the library's own list of authorities out."""
        conn.cert_reqs = "CERT_REQUIRED"


def _context() -> ssl.SSLContext:
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
