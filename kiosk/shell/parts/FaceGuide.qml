import QtQuick

// Where the face belongs in the face camera's picture: an oval.
Item {
    id: guide

    Rectangle {
        anchors.centerIn: parent
        border.color: Theme.paper
        border.width: Theme.mm(1.1)
        color: "transparent"
        height: parent.height * 0.58
        radius: width / 2
        width: height

        transform: Scale {
            origin.y: guide.height * 0.29
            yScale: 1.32
        }
    }
}
