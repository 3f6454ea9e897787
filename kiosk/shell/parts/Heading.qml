pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Where we are: the step trail, the page's title and one line below it.
Column {
    id: heading

    required property PageObject page
    property bool brief: false  // keys need the room

    spacing: Theme.gap

    Column {
        bottomPadding: Theme.mm(1.4)
        spacing: Theme.mm(1.6)
        visible: heading.page.step > 0
        width: parent.width

        Row {
            id: trail

            spacing: Theme.mm(1.2)

            Repeater {
                model: heading.page.steps

                Rectangle {
                    required property int index

                    border.color: Theme.plain ? "transparent" : Theme.strong
                    border.width: Theme.plain ? 0 : Theme.line
                    color: index < heading.page.step ? Theme.accent : (Theme.plain ? Theme.line_ : Theme.page)
                    height: Theme.mm(2)
                    radius: height / 2
                    width: (heading.width - trail.spacing * (heading.page.steps - 1)) / heading.page.steps
                }
            }
        }

        Words {
            color: Theme.inkSoft
            font.pixelSize: Theme.small
            objectName: "place"
            text: qsTr("第 %1 步，共 %2 步").arg(heading.page.step).arg(heading.page.steps)
        }
    }

    Balanced {
        Accessible.name: text
        Accessible.role: Accessible.Heading
        color: Theme.ink
        font.bold: true
        font.pixelSize: Theme.title
        lineHeight: Theme.leadingTight
        objectName: "title"
        text: heading.page.title
        width: parent.width
    }

    Balanced {
        color: Theme.inkSoft
        font.pixelSize: Theme.body
        objectName: "subtitle"
        text: heading.page.subtitle
        visible: text !== "" && !heading.brief
        width: parent.width
    }

    ProblemNote {
        ground: Theme.careSoft
        ink: Theme.care
        objectName: "note"
        symbol: "info"
        text: heading.page.note
        width: parent.width
    }
}
