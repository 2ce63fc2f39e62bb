/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file system for the database engine that does everything through the one of the system and writes down what the engine
 * asked for: loaded as an extension, it becomes the default. The recorder of the crash tests (crash_disk.c) has to have seen
 * the same, in the same order.
 *
 * MOTCUA_WITNESS names the file for its lines: what was asked (W, T, S, U), offset or size, length, path.
 */
#include <sqlite3ext.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
SQLITE_EXTENSION_INIT1

struct witnessed {
    sqlite3_file base;
    const char *path;
    sqlite3_file *real;
};

static sqlite3_vfs witness;
static sqlite3_io_methods methods;
static FILE *lines;

static sqlite3_vfs *system_vfs(void) { return witness.pAppData; }
static sqlite3_file *real_of(sqlite3_file *file) { return ((struct witnessed *)file)->real; }

static void note(char kind, sqlite3_int64 number, int length, const char *path) {
    fprintf(lines, "%c %lld %d %s\n", kind, number, length, path ? path : "");
    fflush(lines);
}

static int on_close(sqlite3_file *file) { return real_of(file)->pMethods->xClose(real_of(file)); }
static int on_read(sqlite3_file *file, void *to, int length, sqlite3_int64 at) {
    return real_of(file)->pMethods->xRead(real_of(file), to, length, at);
}
static int on_write(sqlite3_file *file, const void *from, int length, sqlite3_int64 at) {
    note('W', at, length, ((struct witnessed *)file)->path);
    return real_of(file)->pMethods->xWrite(real_of(file), from, length, at);
}
static int on_truncate(sqlite3_file *file, sqlite3_int64 size) {
    note('T', size, 0, ((struct witnessed *)file)->path);
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
static int on_sync(sqlite3_file *file, int flags) {
    note('S', 0, 0, ((struct witnessed *)file)->path);
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}
static int on_size(sqlite3_file *file, sqlite3_int64 *size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
static int on_lock(sqlite3_file *file, int kind) { return real_of(file)->pMethods->xLock(real_of(file), kind); }
static int on_unlock(sqlite3_file *file, int kind) { return real_of(file)->pMethods->xUnlock(real_of(file), kind); }
static int on_is_reserved(sqlite3_file *file, int *is) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), is);
}
static int on_control(sqlite3_file *file, int what, void *with) {
    return real_of(file)->pMethods->xFileControl(real_of(file), what, with);
}
static int on_sector(sqlite3_file *file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
static int on_traits(sqlite3_file *file) { return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file)); }
static int on_map(sqlite3_file *file, int region, int size, int extend, void volatile **to) {
    return real_of(file)->pMethods->xShmMap(real_of(file), region, size, extend, to);
}
static int on_share(sqlite3_file *file, int offset, int count, int flags) {
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}
static void on_barrier(sqlite3_file *file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }
static int on_unmap(sqlite3_file *file, int remove) { return real_of(file)->pMethods->xShmUnmap(real_of(file), remove); }

static int on_open(sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *file, int flags, int *given) {
    struct witnessed *mine = (struct witnessed *)file;
    (void)vfs;
    memset(mine, 0, sizeof *mine);
    mine->path = path;
    mine->real = (sqlite3_file *)(mine + 1);
    int result = system_vfs()->xOpen(system_vfs(), path, mine->real, flags, given);
    if (mine->real->pMethods) mine->base.pMethods = &methods;
    return result;
}

static int on_delete(sqlite3_vfs *vfs, const char *path, int sync_folder) {
    (void)vfs;
    int result = system_vfs()->xDelete(system_vfs(), path, sync_folder);
    if (result == SQLITE_OK) note('U', 0, 0, path);
    return result;
}

int sqlite3_witnessvfs_init(sqlite3 *database, char **error, const sqlite3_api_routines *api) {
    (void)database, (void)error;
    SQLITE_EXTENSION_INIT2(api);
    sqlite3_vfs *under = sqlite3_vfs_find(NULL);
    lines = fopen(getenv("MOTCUA_WITNESS"), "a");
    if (!lines || !under) return SQLITE_ERROR;
    methods = (sqlite3_io_methods){
        2, on_close, on_read, on_write, on_truncate, on_sync, on_size, on_lock, on_unlock, on_is_reserved, on_control,
        on_sector, on_traits, on_map, on_share, on_barrier, on_unmap, NULL, NULL,
    };
    witness = *under;
    witness.zName = "witness";
    witness.pNext = NULL;
    witness.pAppData = under;
    witness.szOsFile = under->szOsFile + (int)sizeof(struct witnessed);
    witness.xOpen = on_open;
    witness.xDelete = on_delete;
    int result = sqlite3_vfs_register(&witness, 1);
    return result == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : result;
}
