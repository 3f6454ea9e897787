pragma ComponentBehavior: Bound

import QtQuick

// What a finger can press: counts only when pressed and released on it; looks pressed at once, without Python.
Item {
    id: pressable

    property bool rapid: false
    property string words: ""
    property int role: Accessible.Button
    property bool chosen: false
    readonly property bool down: area.pressed && area.containsMouse

    signal tapped

    Accessible.checkable: role !== Accessible.Button
    Accessible.checked: chosen
    Accessible.focusable: true
    Accessible.name: words
    Accessible.role: pressable.role
    implicitHeight: Theme.touch
    implicitWidth: Theme.touch

    Accessible.onPressAction: pressable.tapped()

    MouseArea {
        id: area

        anchors.fill: parent

        onClicked: {
            if (pressable.rapid || Strike.counts(pressable.objectName))
                pressable.tapped();
        }
    }
}
