# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanners through SANE, by way of pyinsane2's in-process layer, which needs no compiler.

pyinsane2's own default talks to a daemon over pipes and is broken on Linux 5.5 and later; its ``rawapi`` is a plain
ctypes binding. Where that binding is wrong (string options shorter than the driver's buffer, fixed-point numbers,
an authentication callback that is collected while SANE still holds it) this module calls the library itself.

A feeder is never cancelled between two sheets: drivers that pull the next sheet ahead would lose it.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from typing import Any, Final

from PIL import Image

from scanning.devices import quirks
from scanning.devices.driver import A4_HEIGHT_MM, A4_WIDTH_MM, Device, PaperSource, ScanRequest, Watch
from scanning.devices.sane_option import Constraint, NumberRange, OptionType, OptionUnit, SaneOption
from scanning.errors import ScanningError
from scanning.page_image import ColorMode, PageImage

os.environ["PYINSANE_SINGLE_THREAD"] = "1"  # decides what the next line loads
from pyinsane2.sane import rawapi

logger = logging.getLogger(__name__)

_READ_BYTES: Final = 256 * 1024
_LARGEST_PAGE_BYTES: Final = 512 * 1024 * 1024
_JPEG_QUALITY: Final = 80
_SET_VALUE: Final = 1

_CODES: Final = {
    rawapi.SaneStatus.UNSUPPORTED: "scanner-unsupported",
    rawapi.SaneStatus.CANCELLED: "scan-cancelled",
    rawapi.SaneStatus.DEVICE_BUSY: "scanner-busy",
    rawapi.SaneStatus.INVAL: "scanner-unsupported",
    rawapi.SaneStatus.EOF: "page-truncated",
    rawapi.SaneStatus.JAMMED: "scanner-jammed",
    rawapi.SaneStatus.NO_DOCS: "feeder-empty",
    rawapi.SaneStatus.COVER_OPEN: "cover-open",
    rawapi.SaneStatus.IO_ERROR: "scanner-gone",
    rawapi.SaneStatus.NO_MEM: "scanner-failed",
    rawapi.SaneStatus.ACCESS_DENIED: "scanner-access-denied",
    rawapi.SaneStatus.WARMING_UP: "scanner-busy",
    rawapi.SaneStatus.HW_LOCKED: "scanner-locked",
}
_WORTH_ANOTHER_TRY: Final = frozenset({"scanner-busy", "scanner-gone"})


class SaneDriver:
    """Every scanner that this computer's SANE knows, local or on the network."""

    name = "sane"

    def __init__(self) -> None:
        self._initialised = False

    def list_devices(self) -> Sequence[Device]:
        """See ``ScannerDriver.list_devices``; webcams are left out."""
        self._initialise()
        with _sane_errors():
            found = rawapi.sane_get_devices()
        devices = [(_text(each.name), _text(each.vendor), _text(each.model)) for each in found]
        return [
            Device(f"{self.name}:{name}", vendor, model)
            for name, vendor, model in devices
            if not name.startswith(quirks.CAMERA_BACKENDS)
        ]

    def open(self, request: ScanRequest) -> SaneScanner:
        """See ``ScannerDriver.open``."""
        self._initialise()
        return SaneScanner(request.device_id.partition(":")[2], request)

    def _initialise(self) -> None:
        if not rawapi.is_sane_available():
            raise ScanningError("driver-missing")
        if not self._initialised:
            version = ctypes.c_int()
            # No authentication callback: a password for a scanner has no place to come from, and Python code that
            # raises inside a native callback would take the process down.
            status = rawapi.SANE_LIB.sane_init(ctypes.byref(version), rawapi.AUTH_CALLBACK_DEF())
            if status != rawapi.SaneStatus.GOOD:
                raise _scanning_error(status)
            self._initialised = True


class SaneScanner:
    """An open SANE device; see ``OpenScanner``."""

    def __init__(self, native_name: str, request: ScanRequest) -> None:
        self._request = request
        self._closing = threading.Lock()
        self._closed = False
        if not native_name:  # SANE would take just any scanner
            raise ScanningError("no-scanner")
        try:
            self._handle = rawapi.sane_open(native_name)
        except rawapi.SaneException as error:
            if int(error.status) == rawapi.SaneStatus.INVAL:
                raise ScanningError("no-scanner") from None
            raise _scanning_error(int(error.status)) from None

    def pages(self, watch: Watch) -> Iterator[PageImage]:
        """See ``OpenScanner.pages``."""
        try:
            dpi = self._prepare()
            yield self._read_page(dpi, watch)
            while self._request.source is not PaperSource.FLATBED:
                try:
                    page = self._read_page(dpi, watch)
                except ScanningError as error:
                    if error.code == "feeder-empty":
                        return
                    raise
                yield page
        except ScanningError:
            if watch.cancelled():  # what a driver answers when it is cancelled says nothing
                raise ScanningError("scan-cancelled") from None
            raise

    def close(self) -> None:
        """See ``OpenScanner.close``."""
        with self._closing:
            self._closed = True
            rawapi.sane_cancel(self._handle)
            rawapi.sane_close(self._handle)

    def cancel(self) -> None:
        """Let a sheet on the glass be; SANE allows this one call from another thread at any time.

        A sheet that is on its way through the feeder is rather read to its end: it would come out of the scanner
        without being in the dossier, and sane-airscan even pulls in one more when it is cancelled here.
        """
        with self._closing:
            if self._request.source is PaperSource.FLATBED and not self._closed:
                rawapi.sane_cancel(self._handle)

    def _prepare(self) -> int:
        """Set source, colour, resolution and the A4 area; gives the resolution in dpi that the scanner will use."""
        with _sane_errors():
            self._set_source(self._request.source)
            self._set_mode(self._request.color_mode)
            self._set_depth()
            dpi = self._set_resolution(self._request.resolution_dpi)
            self._set_area(dpi)
        return dpi

    def _read_page(self, dpi: int, watch: Watch) -> PageImage:
        """Pull in one side of one sheet and read it whole."""
        if watch.cancelled():
            raise ScanningError("scan-cancelled")
        with _sane_errors():
            rawapi.sane_start(self._handle)
            watch.moved()
            parameters = rawapi.sane_get_parameters(self._handle)
            _check_format(parameters)
            rows = self._read_rows(watch)
        height = len(rows) // parameters.bytes_per_line
        if height < max(1, parameters.lines):
            raise ScanningError("page-truncated", lines=f"{height}/{parameters.lines}")
        return _page_image(rows, parameters, height, dpi)

    def _read_rows(self, watch: Watch) -> bytearray:
        rows = bytearray()
        while len(rows) <= _LARGEST_PAGE_BYTES:
            try:
                rows += rawapi.sane_read(self._handle, _READ_BYTES)
            except EOFError:
                return rows
            except StopIteration:
                raise ScanningError("page-truncated" if rows else "feeder-empty") from None
            watch.moved()
            if self._request.source is PaperSource.FLATBED and watch.cancelled():
                raise ScanningError("scan-cancelled")
        raise ScanningError("scanner-failed", reason="endless page")

    def _set_source(self, wanted: PaperSource) -> None:
        option = self._option("source")
        if option is None:
            if wanted is not PaperSource.FLATBED:
                raise ScanningError("source-not-offered", source=wanted.value)
            return
        name = quirks.source_name(wanted, option.offered)
        if name is None:
            raise ScanningError("source-not-offered", source=wanted.value)
        self._choose(option, name)

    def _set_mode(self, wanted: ColorMode) -> None:
        option = self._option("mode")
        name = quirks.mode_name(wanted, option.offered) if option else None
        if option and name:
            self._choose(option, name)

    def _set_depth(self) -> None:
        option = self._options().get("depth")
        if option is not None and option.settable:
            self._set(option, option.nearest(8))

    def _set_resolution(self, wanted_dpi: int) -> int:
        option = self._option("resolution")
        if option is None:
            return wanted_dpi
        if option.settable:
            self._set(option, option.nearest(wanted_dpi))
            twin = self._options().get("y-resolution") if option.name == "x-resolution" else None
            if twin is not None and twin.settable:
                self._set(twin, twin.nearest(wanted_dpi))
        return round(option.number(rawapi.sane_get_option_value(self._handle, option.index)))

    def _set_area(self, dpi: int) -> None:
        for name, millimetres in (
            ("page-width", A4_WIDTH_MM),
            ("page-height", A4_HEIGHT_MM),
            ("tl-x", 0.0),
            ("tl-y", 0.0),
            ("br-x", A4_WIDTH_MM),
            ("br-y", A4_HEIGHT_MM),
        ):
            option = self._options().get(name)
            if option is not None and option.settable:
                self._set(option, option.nearest(option.length(millimetres, dpi)))

    def _choose(self, option: SaneOption, name: str) -> None:
        if option.settable and len(option.offered) > 1:  # some drivers refuse to be set to their only value
            self._set(option, name)

    def _set(self, option: SaneOption, value: float | str) -> None:
        buffer: Any
        if isinstance(value, str):
            encoded = value.encode()
            buffer = ctypes.create_string_buffer(encoded, max(option.size_bytes, len(encoded) + 1))
        else:
            buffer = ctypes.c_int(option.word(value))
        info = ctypes.c_int()
        status = rawapi.SANE_LIB.sane_control_option(
            self._handle, option.index, _SET_VALUE, ctypes.byref(buffer), ctypes.byref(info)
        )
        if status != rawapi.SaneStatus.GOOD:
            raise _scanning_error(status, option=option.name)

    def _option(self, name: str) -> SaneOption | None:
        options = self._options()
        return next((options[each] for each in quirks.OPTION_NAMES[name] if each in options), None)

    def _options(self) -> dict[str, SaneOption]:
        """All options by name; read anew each time, because setting one may change the others."""
        count = rawapi.sane_get_option_value(self._handle, 0)
        options = [self._describe(index) for index in range(1, count)]
        return {option.name: option for option in options if option.name}

    def _describe(self, index: int) -> SaneOption:
        descriptor = rawapi.sane_get_option_descriptor(self._handle, index)
        capabilities = rawapi.SaneCapabilities(descriptor.cap)
        option_type = OptionType(descriptor.type)
        return SaneOption(
            index=index,
            name=_text(descriptor.name),
            type=option_type,
            unit=OptionUnit(descriptor.unit),
            size_bytes=descriptor.size,
            settable=capabilities.is_active() and capabilities.is_settable(),
            constraint=_constraint(descriptor, option_type),
        )


def _constraint(descriptor: Any, option_type: OptionType) -> Constraint:  # noqa: ANN401 — a ctypes structure
    kind = rawapi.SaneConstraintType(descriptor.constraint_type)
    values = kind.get_pyobj_constraint(descriptor.constraint)
    divisor = 65536 if option_type is OptionType.FIXED else 1
    if kind == rawapi.SaneConstraintType.RANGE:
        minimum, maximum, step = (value / divisor for value in values)
        return NumberRange(minimum, maximum, step)
    if kind == rawapi.SaneConstraintType.WORD_LIST:
        return tuple(value / divisor for value in values)
    return tuple(values) if values is not None else None


def _check_format(parameters: Any) -> None:  # noqa: ANN401 — a ctypes structure
    single_pass = parameters.format in (rawapi.SaneFrame.GRAY, rawapi.SaneFrame.RGB)
    if not single_pass or parameters.depth != 8 or parameters.bytes_per_line < 1:
        raise ScanningError("scanner-unsupported", format=str(parameters.format), depth=str(parameters.depth))


def _page_image(rows: bytearray, parameters: Any, height: int, dpi: int) -> PageImage:  # noqa: ANN401
    colour = parameters.format == rawapi.SaneFrame.RGB
    size = (parameters.pixels_per_line, height)
    mode = "RGB" if colour else "L"
    image = Image.frombuffer(mode, size, rows, "raw", mode, parameters.bytes_per_line, 1)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=_JPEG_QUALITY, dpi=(dpi, dpi))
    return PageImage(content.getvalue(), *size, dpi, ColorMode.COLOR if colour else ColorMode.GRAY)


@contextlib.contextmanager
def _sane_errors() -> Iterator[None]:
    """Turn what the binding raises into ``ScanningError``; it says "out of documents" with ``StopIteration``."""
    try:
        yield
    except rawapi.SaneException as error:
        raise _scanning_error(int(error.status)) from None
    except StopIteration:
        raise ScanningError("feeder-empty") from None


def _scanning_error(status: int, **details: str) -> ScanningError:
    code = _CODES.get(status, "scanner-failed")
    return ScanningError(code, retryable=code in _WORTH_ANOTHER_TRY, **details)


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")
