/* A vendor's SDT library: the usual functions, as frames on the terminal FOLDER "/idcard.tty".
   The files hang and crash beside it, while they are there, befall the function whose name is in them. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define SILENCE 1000 /* ms */
#define PAUSE 600    /* ms, within a reply */

static int line = -1;
static unsigned char heard[8192];
static int heard_size;

static int armed(const char *kind, const char *function) {
    char name[512], named[64] = "";
    FILE *file;
    snprintf(name, sizeof name, "%s/%s", FOLDER, kind);
    file = fopen(name, "r");
    if (file == NULL) return 0;
    fgets(named, sizeof named, file);
    fclose(file);
    if (strcmp(named, function) != 0) return 0;
    unlink(name);
    return 1;
}

static void befall(const char *function) {
    printf("vendors print\n");
    fflush(stdout);
    if (armed("hang", function)) for (;;) sleep(1);
    if (armed("crash", function)) *(volatile int *)0 = 1;
}

static void hang_up(void) {
    if (line >= 0) close(line);
    line = -1;
}

/* The first whole frame in what was heard: where its LEN is, -1 none yet. */
static int frame(int *length) {
    int at, end, check, number;
    for (at = 0; at + 9 <= heard_size; at++) {
        if (memcmp(heard + at, "\xAA\xAA\xAA\x96\x69", 5) != 0) continue;
        *length = heard[at + 5] << 8 | heard[at + 6];
        end = at + 7 + *length;
        if (*length < 4 || *length > 2560) continue;
        if (end > heard_size) return -1;
        for (check = 0, number = at + 5; number < end - 1; number++) check ^= heard[number];
        return check == heard[end - 1] ? at + 5 : -2;
    }
    return -1;
}

/* SW3 or a port error; the data's place and size. */
static int ask(int command, unsigned char **data, int *size) {
    unsigned char asked[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 3, command >> 8, command & 0xFF, 0};
    struct pollfd ready = {line, POLLIN, 0};
    int at, got, length;
    if (line < 0) return 1;
    asked[9] = asked[6] ^ asked[7] ^ asked[8];
    tcflush(line, TCIFLUSH);
    heard_size = 0;
    if (write(line, asked, sizeof asked) != sizeof asked) { hang_up(); return 1; }
    for (;;) {
        got = poll(&ready, 1, heard_size ? PAUSE : SILENCE);
        if (got == 0) return heard_size ? 3 : 2;
        got = read(line, heard + heard_size, sizeof heard - heard_size);
        if (got <= 0) { hang_up(); return 1; }
        heard_size += got;
        at = frame(&length);
        if (at == -2 || (at < 0 && heard_size == sizeof heard)) return 3;
        if (at < 0) continue;
        *data = heard + at + 5;
        *size = length - 4;
        return heard[at + 4];
    }
}

static int said(const char *function, int command, unsigned char *room, int most) {
    unsigned char *data;
    int size, code;
    befall(function);
    code = ask(command, &data, &size);
    if (code == 0x90 && room != NULL) memcpy(room, data, size < most ? size : most);
    return code;
}

int SDT_OpenPort(int port) {
    struct termios settings;
    befall("SDT_OpenPort");
    if (port != 1001) return 1;
    hang_up();
    line = open(FOLDER "/idcard.tty", O_RDWR | O_NOCTTY);
    if (line < 0) return 1;
    tcgetattr(line, &settings);
    settings.c_iflag = settings.c_oflag = settings.c_lflag = 0;
    settings.c_cflag = CS8 | CREAD | CLOCAL | B115200;
    tcsetattr(line, TCSANOW, &settings);
    return 0x90;
}

int SDT_ClosePort(int port) {
    befall("SDT_ClosePort");
    hang_up();
    return 0x90;
}

int SDT_ResetSAM(int port, int open_it) { return said("SDT_ResetSAM", 0x10FF, NULL, 0); }

int SDT_GetSAMStatus(int port, int open_it) { return said("SDT_GetSAMStatus", 0x11FF, NULL, 0); }

int SDT_GetSAMIDToStr(int port, char *number, int open_it) {
    unsigned char raw[16];
    unsigned short head[2];
    unsigned int rest[3];
    int code = said("SDT_GetSAMIDToStr", 0x12FF, raw, sizeof raw);
    if (code != 0x90) return code;
    memcpy(head, raw, sizeof head);
    memcpy(rest, raw + 4, sizeof rest);
    sprintf(number, "%02u.%02u-%08u-%010u-%09u", head[0], head[1], rest[0], rest[1], rest[2]);
    return code;
}

int SDT_StartFindIDCard(int port, unsigned char *number, int open_it) {
    return said("SDT_StartFindIDCard", 0x2001, number, 4);
}

int SDT_SelectIDCard(int port, unsigned char *number, int open_it) {
    return said("SDT_SelectIDCard", 0x2002, number, 8);
}

int SDT_ReadBaseMsg(int port, unsigned char *text, unsigned int *text_size, unsigned char *photo,
                    unsigned int *photo_size, int open_it) {
    unsigned char *data;
    int size, code;
    befall("SDT_ReadBaseMsg");
    code = ask(0x3001, &data, &size);
    if (code != 0x90) return code;
    if (size < 4) return 3;
    *text_size = data[0] << 8 | data[1];
    *photo_size = data[2] << 8 | data[3];
    if (4 + *text_size + *photo_size != size || *text_size > 256 || *photo_size > 1024) return 3;
    memcpy(text, data + 4, *text_size);
    memcpy(photo, data + 4 + *text_size, *photo_size);
    return code;
}

int SDT_ReadNewAppMsg(int port, unsigned char *address, unsigned int *size, int open_it) {
    unsigned char *data;
    int length, code;
    befall("SDT_ReadNewAppMsg");
    code = ask(0x3003, &data, &length);
    if (code != 0x90) return code;
    if (length > 70) return 3;
    *size = length;
    memcpy(address, data, length);
    return code;
}
