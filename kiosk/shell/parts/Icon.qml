pragma ComponentBehavior: Bound

import QtQuick

Image {
    id: icon

    required property string name
    property color colour: Theme.accent
    property color fill: Theme.accentSoft
    property real size: Theme.mm(8)

    height: size
    source: Theme.icon(name, colour, fill)
    sourceSize: Qt.size(size, size)
    width: size
}
