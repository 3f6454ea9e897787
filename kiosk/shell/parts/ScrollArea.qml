import QtQuick

// Content that may be too tall: one finger, or the big button "more".
Item {
    id: area

    default property alias content: column.data
    property bool centred: false
    property real spacing: Theme.space
    readonly property bool tall: column.height > flick.height + 1
    readonly property bool atEnd: !tall || flick.contentY >= column.height - flick.height - Theme.mm(1)
    readonly property real viewHeight: flick.height

    function bringIntoView(item: Item) {
        const top = item.mapToItem(column, 0, 0).y;
        const bottom = top + item.height + Theme.space;
        if (top < flick.contentY)
            flick.contentY = Math.max(0, top - Theme.space);
        else if (bottom > flick.contentY + flick.height)
            flick.contentY = Math.min(bottom - flick.height, Math.max(0, column.height - flick.height));
    }

    Flickable {
        id: flick

        anchors.bottom: more.visible || area.tall ? more.top : parent.bottom
        anchors.bottomMargin: area.tall ? Theme.gap : 0
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: Math.max(column.height, height)
        contentWidth: width
        flickableDirection: Flickable.VerticalFlick
        interactive: area.tall

        Column {
            id: column

            spacing: area.spacing
            width: area.width - (area.tall ? Theme.mm(4) : 0)
            y: area.centred ? Math.max(0, (flick.height - height) / 2) : 0
        }
    }

    Rectangle {
        anchors.right: parent.right
        anchors.top: flick.top
        anchors.bottom: flick.bottom
        color: Theme.plain ? Theme.disabled : Theme.page
        radius: width / 2
        visible: area.tall
        width: Theme.mm(1.6)

        Rectangle {
            color: Theme.edge
            height: flick.visibleArea.heightRatio * parent.height
            radius: width / 2
            width: parent.width
            y: flick.visibleArea.yPosition * parent.height
        }
    }

    Pressable {
        id: more

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        height: area.tall ? Theme.touchLeast : 0
        objectName: "more"
        rapid: true
        visible: area.tall
        words: area.atEnd ? qsTr("回到开头") : qsTr("更多内容")

        onTapped: {
            const last = Math.max(0, column.height - flick.height);
            flick.contentY = area.atEnd ? 0 : Math.min(last, flick.contentY + flick.height * 0.85);
        }

        Rectangle {
            anchors.fill: parent
            color: more.down ? Theme.pressed : Theme.accentSoft
            radius: Theme.radius
            border.color: Theme.plain ? "transparent" : Theme.strong
            border.width: Theme.line

            Row {
                anchors.centerIn: parent
                spacing: Theme.gap

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: area.atEnd ? "up" : "down"
                    size: Theme.mm(6)
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.accent
                    font.bold: true
                    font.pixelSize: Theme.chromeText
                    lineHeight: 1
                    text: more.words
                }
            }
        }
    }
}
