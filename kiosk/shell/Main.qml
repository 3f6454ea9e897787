pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "parts"

// The window: top bar, one page, the ways out; over them help, display, leaving and the idle warning.
Rectangle {
    id: root

    required property Shell shell
    readonly property bool landscape: width > height
    readonly property bool standing: attract.shown || matters.shown
    readonly property bool hasNav: shell.pageName !== "Submit"
    property list<Component> ready
    property string sheet: ""

    function openPage() {
        sheet = "";
        visit.setSource(standing ? "" : Qt.resolvedUrl(shell.pageName + ".qml"), {
            "shell": root.shell
        });
    }

    function compileOthers() {
        const names = ["MatterList", "Notice", "Identify", "Choose", "Form", "Group", "Lookup", "Capture", "Promise", "Sign", "Review", "Submit", "Result", "Rate", "Farewell", "Kept", "Progress", "Trouble", "OutOfService"];
        for (const name of names)
            ready.push(Qt.createComponent(Qt.resolvedUrl(name + ".qml"), Component.Asynchronous));
    }

    function followDisplay() {
        attract.putAway();
        matters.putAway();
        Theme.textStep = shell.textStep;
        Theme.contrast = shell.contrast;
    }

    color: Theme.page

    Component.onCompleted: {
        followDisplay();
        openPage();
    }

    Binding {
        property: "pixelsPerMm"
        target: Theme
        value: root.shell.pixelsPerMm
    }

    Connections {
        function onDisplayChanged() {
            root.followDisplay();
        }

        function onPageChanged() {
            root.openPage();
        }

        function onPainted() {
            root.compileOthers();
        }

        target: root.shell
    }

    PointHandler {
        onActiveChanged: {
            if (!active)
                root.shell.touched();
        }
    }

    TopBar {
        id: top

        shell: root.shell
        width: parent.width
    }

    Item {
        anchors.bottom: nav.visible ? nav.top : parent.bottom
        anchors.bottomMargin: root.hasNav ? Theme.space : Theme.margin
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: top.bottom
        objectName: "page"
        visible: !root.shell.idleWarning

        StandingPage {
            id: attract

            anchors.fill: parent
            name: "Attract"
            shell: root.shell
        }

        StandingPage {
            id: matters

            anchors.fill: parent
            name: "MatterList"
            shell: root.shell
        }

        // a page of a visit goes with it
        Loader {
            id: visit

            anchors.fill: parent
            focus: true
        }
    }

    NavBar {
        id: nav

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.wide
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        shell: root.shell
        visible: root.hasNav && !root.shell.idleWarning

        onDisplayAsked: root.sheet = "display"
        onHelpAsked: root.sheet = "help"
        onHomeAsked: {
            if (root.shell.page.step > 0)
                root.sheet = "home";
            else
                root.shell.goHome();
        }
    }

    ProblemNote {
        anchors.left: parent.left
        anchors.margins: Theme.margin
        anchors.right: parent.right
        anchors.top: top.bottom
        objectName: "author"
        text: root.shell.authorNote
        z: 1
    }

    Loader {
        active: root.sheet !== "" && !root.shell.idleWarning
        anchors.fill: parent
        sourceComponent: root.sheet === "help" ? help : (root.sheet === "home" ? home : display)
    }

    Component {
        id: help

        HelpSheet {
            shell: root.shell

            onClosed: root.sheet = ""
        }
    }

    Component {
        id: display

        DisplaySheet {
            shell: root.shell

            onClosed: root.sheet = ""
        }
    }

    Component {
        id: home

        HomeSheet {
            shell: root.shell

            onClosed: root.sheet = ""
        }
    }

    Loader {
        active: root.shell.idleWarning
        anchors.fill: parent

        sourceComponent: IdleWarning {
            shell: root.shell
        }
    }
}
