pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Where we are: the step trail, the page's title and one line below it.
Column {
    id: heading

    required property PageObject page

    spacing: Theme.gap

    Column {
        bottomPadding: Theme.gap
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
            font.pixelSize: Theme.em(4.2)
            objectName: "place"
            text: qsTr("第 %1 步，共 %2 步").arg(heading.page.step).arg(heading.page.steps)
        }
    }

    Words {
        Accessible.name: text
        Accessible.role: Accessible.Heading
        color: Theme.ink
        font.bold: true
        font.pixelSize: Theme.title
        lineHeight: 1.2
        objectName: "title"
        text: heading.page.title
        width: parent.width
    }

    Words {
        color: Theme.inkSoft
        font.pixelSize: Theme.body
        objectName: "subtitle"
        text: heading.page.subtitle
        visible: text !== ""
        width: parent.width
    }
}
