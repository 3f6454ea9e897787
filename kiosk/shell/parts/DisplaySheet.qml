pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Sheet {
    id: sheet

    required property Shell shell
    readonly property list<string> sizes: [qsTr("小"), qsTr("标准"), qsTr("大"), qsTr("特大")]
    readonly property list<string> themes: [qsTr("标准"), qsTr("白底黑字"), qsTr("黑底白字"), qsTr("黑底黄字")]
    readonly property list<string> themeNames: ["standard", "high", "dark", "amber"]

    title: qsTr("文字大小与颜色")

    Row {
        spacing: Theme.gap

        Repeater {
            model: sheet.sizes

            ActionButton {
                id: size

                required property int index
                required property string modelData

                chosen: sheet.shell.textStep === index
                objectName: "textsize:" + index
                primary: chosen
                role: Accessible.RadioButton
                symbol: chosen ? "tick" : ""
                textSize: Math.min(Theme.button, Theme.em(5.6))
                width: (sheet.innerWidth - Theme.gap * 3) / 4
                words: modelData

                onTapped: sheet.shell.setTextStep(size.index)
            }
        }
    }

    Grid {
        columnSpacing: Theme.gap
        columns: 2
        rowSpacing: Theme.gap

        Repeater {
            model: sheet.themes

            ActionButton {
                id: theme

                required property int index
                required property string modelData

                chosen: sheet.shell.contrast === sheet.themeNames[index]
                objectName: "contrast:" + sheet.themeNames[index]
                primary: chosen
                role: Accessible.RadioButton
                symbol: chosen ? "tick" : ""
                width: (sheet.innerWidth - Theme.gap) / 2
                words: modelData

                onTapped: sheet.shell.setContrast(sheet.themeNames[theme.index])
            }
        }
    }

    Words {
        color: Theme.inkSoft
        font.pixelSize: Theme.caption
        text: qsTr("只用于这次办理，下一位使用者恢复标准显示。")
        width: parent.width
    }

    ActionButton {
        objectName: "close"
        width: parent.width
        words: qsTr("完成")

        onTapped: sheet.closed()
    }
}
