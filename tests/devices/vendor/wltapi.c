/* A photo decoder as vendors ship them; the first byte of the file says how it behaves. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int GetBmp(const char *file, int port) {
    static unsigned char head[54] = {'B', 'M', 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 102, 0, 0, 0, 126, 0, 0, 0, 1, 0, 24};
    char name[512];
    FILE *in = fopen(file, "rb"), *out;
    int kind, row, column;
    if (in == NULL || strlen(file) > 500) return -3;
    kind = fgetc(in);
    fclose(in);
    printf("vendors print\n");
    fflush(stdout);
    if (kind == 'H') for (;;) sleep(1);
    if (kind == 'C') *(volatile int *)0 = port;
    if (kind == 'L') return -5;
    strcpy(name, file);
    strcpy(name + strlen(name) - 4, ".bmp");
    if (kind == 'N') return 1;
    out = fopen(name, "wb");
    fwrite(head, 1, sizeof head, out);
    for (row = 0; row < 126; row++)
        for (column = 0; column < 308; column++) fputc(row < 63 ? 255 : 0, out); /* bottom-up, rows padded to 308 */
    fclose(out);
    return 1;
}
