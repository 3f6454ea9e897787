pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "parts"

PageFrame {
    id: capture

    readonly property string state_: shell.capture.state
    readonly property bool face: shell.capture.purpose === "face"
    readonly property bool taken: state_ === "taken"

    forwardEnabled: state_ !== "starting"
    forwardName: taken ? "accept" : "take"
    forwardText: taken ? qsTr("就用这张") : (state_ === "problem" && !view.live ? "" : qsTr("拍照"))
    otherName: taken ? "retake" : "skip"
    otherText: taken ? qsTr("重拍") : (shell.capture.canSkip ? (shell.capture.skipLabel === "" ? qsTr("跳过") : shell.capture.skipLabel) : "")
    page: shell.capture
    symbol: face ? "face-4" : "camera"

    onForward: taken ? shell.acceptPicture() : shell.takePicture()
    onOther: taken ? shell.retake() : shell.skip()

    ProblemNote {
        id: problem

        objectName: "problem"
        text: capture.shell.capture.problem
        width: parent.width
    }

    Balanced {
        id: guidance

        font.bold: true
        font.pixelSize: Theme.lead
        text: capture.shell.capture.guidance
        visible: text !== ""
        width: parent.width
    }

    Rectangle {
        id: stage

        clip: true
        color: Theme.veil
        height: Math.max(Theme.mm(80), Math.min(width * (capture.face ? 1.1 : 0.78), capture.viewHeight - (problem.visible ? problem.height + Theme.space : 0) - (guidance.visible ? guidance.height + Theme.space : 0)))
        radius: Theme.radius
        width: parent.width

        Preview {
            id: view

            anchors.fill: parent
            anchors.margins: Theme.lineStrong
            filling: capture.face
            mirrored: capture.face && !capture.taken
            objectName: "preview"
            shell: capture.shell
        }

        Rectangle {
            anchors.centerIn: parent
            border.color: Theme.paper
            border.width: Theme.mm(1.1)
            color: "transparent"
            height: parent.height * (capture.face ? 0.58 : 0.84)
            radius: capture.face ? width / 2 : Theme.radius
            visible: !capture.taken && view.live
            width: capture.face ? parent.height * 0.58 : Math.min(parent.width * 0.9, height * 1.38)

            transform: Scale {
                origin.y: stage.height * 0.29
                yScale: capture.face ? 1.32 : 1
            }
        }

        Statement {
            anchors.centerIn: parent
            colour: Theme.paper
            fill: "transparent"
            headline: qsTr("正在打开摄像头…")
            pictureSize: Theme.mm(36)
            symbol: "camera"
            visible: !view.live
            width: parent.width - Theme.margin * 2
        }
    }
}
