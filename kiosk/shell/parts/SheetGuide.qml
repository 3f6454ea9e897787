import QtQuick

// Where the sheet belongs in the document camera's picture.
Item {
    Rectangle {
        anchors.centerIn: parent
        border.color: Theme.paper
        border.width: Theme.mm(1.1)
        color: "transparent"
        height: parent.height * 0.84
        radius: Theme.radius
        width: Math.min(parent.width * 0.9, height * 1.38)
    }
}
