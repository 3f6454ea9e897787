pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

Row {
    id: bar

    required property Shell shell
    readonly property real each: (width - spacing * 4) / 5

    signal helpAsked
    signal homeAsked
    signal displayAsked

    spacing: Theme.gap

    NavButton {
        enabled: bar.shell.page.canGoBack
        objectName: "back"
        symbol: "back"
        width: bar.each
        words: qsTr("返回")

        onTapped: bar.shell.goBack()
    }

    NavButton {
        enabled: bar.shell.page.canGoHome
        objectName: "home"
        symbol: "home"
        width: bar.each
        words: qsTr("首页")

        onTapped: bar.homeAsked()
    }

    NavButton {
        objectName: "help"
        symbol: "help"
        width: bar.each
        words: qsTr("帮助")

        onTapped: bar.helpAsked()
    }

    NavButton {
        objectName: "display"
        symbol: "letters"
        width: bar.each
        words: qsTr("大字")

        onTapped: bar.displayAsked()
    }

    NavButton {
        objectName: "language"
        symbol: "language"
        width: bar.each
        words: bar.shell.language === "zh" ? "English" : "中文"

        onTapped: bar.shell.setLanguage(bar.shell.language === "zh" ? "en" : "zh")
    }
}
