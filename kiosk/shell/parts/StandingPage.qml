pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A page that shows nobody's data: it stays while others are shown, so that it is there at once.
Loader {
    id: page

    required property Shell shell
    required property string name
    readonly property bool shown: shell.pageName === name

    function make() {
        if (status === Loader.Null)
            setSource(Qt.resolvedUrl("../" + name + ".qml"), {
                "shell": page.shell
            });
    }

    // While it is hidden it need not follow a change of the display: it is made anew in a quiet moment.
    function putAway() {
        if (!shown && status !== Loader.Null) {
            source = "";
            quiet.restart();
        }
    }

    visible: shown

    Component.onCompleted: {
        if (shown)
            make();
    }
    onShownChanged: {
        if (shown)
            make();
    }

    Connections {
        function onPainted() {
            quiet.start();
        }

        target: page.shell
    }

    Timer {
        id: quiet

        interval: 700  // ms

        onTriggered: page.make()
    }
}
