pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Sheet {
    id: sheet

    required property Shell shell

    title: qsTr("帮助")

    Words {
        objectName: "helpText"
        text: sheet.shell.page.helpText === "" ? qsTr("按屏幕上的提示一步一步办理。随时可以返回或回到首页。") : sheet.shell.page.helpText
        width: parent.width
    }

    ProblemNote {
        ground: Theme.accentSoft
        ink: Theme.accent
        symbol: "phone"
        text: sheet.shell.contact === "" ? "" : qsTr("需要人工帮助，请拨打 %1").arg(sheet.shell.contact)
        width: parent.width
    }

    ActionButton {
        objectName: "close"
        width: parent.width
        words: sheet.closeText

        onTapped: sheet.closed()
    }
}
