pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Sheet {
    id: sheet

    required property Shell shell

    title: qsTr("要离开这次办理吗？")

    Words {
        text: qsTr("回到首页后，本次填写的内容会全部清除，不会保存。")
        width: parent.width
    }

    ActionButton {
        objectName: "home:keep"
        primary: false
        symbol: "take"
        visible: sheet.shell.page.canKeep
        width: parent.width
        words: qsTr("先存着，下次接着办")

        onTapped: {
            sheet.closed();
            sheet.shell.keep();
        }
    }

    Row {
        id: choices

        spacing: Theme.space
        width: parent.width

        ActionButton {
            id: leave

            height: Math.max(implicitHeight, remain.implicitHeight)
            objectName: "home:confirm"
            primary: false
            width: (choices.width - choices.spacing) * 0.4
            words: qsTr("清除并回首页")

            onTapped: {
                sheet.closed();
                sheet.shell.goHome();
            }
        }

        ActionButton {
            id: remain

            height: leave.height
            objectName: "home:cancel"
            width: (choices.width - choices.spacing) * 0.6
            words: qsTr("继续办理")

            onTapped: sheet.closed()
        }
    }
}
