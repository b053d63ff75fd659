"""Runs under the system's Python, which has `uno`: LibreOffice accepts or rejects all changes of files and saves them.

Arguments: a folder for its profile, `accept` or `reject`, then pairs of input and output paths.
"""

import os
import subprocess
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def prop(name: str, value: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def started(resolver: Any, pipe: str) -> Any:
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not start")


def main(folder: str, command: str, *paths: str) -> None:
    pipe = f"drafterpicture{os.getpid()}"
    accept = f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"
    options = [
        "--headless",
        "--norestore",
        "--invisible",
        f"-env:UserInstallation=file://{folder}/profile",
        accept,
    ]
    process = subprocess.Popen(["soffice", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    make = local.ServiceManager.createInstanceWithContext
    context = started(make("com.sun.star.bridge.UnoUrlResolver", local), pipe)
    services = context.ServiceManager
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    name = ".uno:AcceptAllTrackedChanges" if command == "accept" else ".uno:RejectAllTrackedChanges"
    for source, target in zip(paths[::2], paths[1::2], strict=True):
        document = desktop.loadComponentFromURL(f"file://{source}", "_blank", 0, (prop("Hidden", True),))
        if document is None:  # it cannot be opened there
            continue
        dispatcher.executeDispatch(document.CurrentController.Frame, name, "", 0, ())
        document.storeToURL(f"file://{target}", (prop("FilterName", "MS Word 2007 XML"),))
        document.close(True)
    try:
        desktop.terminate()
    finally:
        process.wait(60)


main(*sys.argv[1:])
