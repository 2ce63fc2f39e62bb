/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recorder between a program and its disk: every change of a file under one folder, in the order in which it happened,
 * whoever makes it. Loaded with LD_PRELOAD, so that it stands below the database engine (SQLCipher's pages, its
 * write-ahead log, its syncs) and below Python (object files, key file, folders) alike, in all programs that the first
 * one starts.
 *
 * MOTCUA_DISK is the folder, MOTCUA_DISK_LOG the file that the record goes to, MOTCUA_DISK_SAID a file to which the
 * program writes what it has told the world; that is recorded too, in its place among the changes.
 *
 * A program may also call motcua_disk_fails(after, error): so many more changes go well, then each is refused with this
 * error number, until it is called again with -1.
 *
 * A record: kind (1 byte), 3 bytes of nothing, length of the payload (4), inode (8), number (8), payload. Kinds:
 *   C file made (path)         M folder made (path)      O file that was there opened for writing (path)
 *   W written (number: offset) T cut or lengthened (number: size)               S synced
 *   R renamed (two paths)      L second name (two paths) U name removed (path)  D folder removed (path)
 *   P shared memory (path)     Y said                    X a call that this recorder does not follow (its name)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define HIGH_DESCRIPTOR 700
#define REAL(name) \
    ({ \
        static __typeof__(&name) found; \
        if (!found) found = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
        found; \
    })

struct record {
    char kind, nothing[3];
    uint32_t length;
    uint64_t inode, number;
};

static pthread_mutex_t in_turn = PTHREAD_MUTEX_INITIALIZER;
static int log_file = -1;
static char folder[PATH_MAX], said[PATH_MAX];

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("MOTCUA_DISK_LOG"), *under = getenv("MOTCUA_DISK"), *telling = getenv("MOTCUA_DISK_SAID");
    if (!log || !under || !telling) return;
    strncpy(folder, under, sizeof folder - 1);
    strncpy(said, telling, sizeof said - 1);
    int opened = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (opened < 0) abort();
    log_file = fcntl(opened, F_DUPFD_CLOEXEC, HIGH_DESCRIPTOR);
    close(opened);
}

/* Changes are made and recorded in turn, also between programs, so that the record has their true order. */
static void take_turn(void) {
    pthread_mutex_lock(&in_turn);
    flock(log_file, LOCK_EX);
}

static void end_turn(void) {
    int before = errno;
    flock(log_file, LOCK_UN);
    pthread_mutex_unlock(&in_turn);
    errno = before;
}

static void note(char kind, uint64_t inode, uint64_t number, const void *payload, size_t length) {
    int before = errno;
    struct record head = {kind, {0}, (uint32_t)length, inode, number};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)payload, length}};
    if (REAL(writev)(log_file, parts, 2) != (ssize_t)(sizeof head + length)) abort();
    errno = before;
}

static void note_names(char kind, uint64_t inode, const char *one, const char *two) {
    char names[2 * PATH_MAX + 1];
    size_t first = strlen(one), second = two ? strlen(two) + 1 : 0;
    memcpy(names, one, first);
    if (two) {
        names[first] = 0;
        memcpy(names + first + 1, two, second - 1);
    }
    note(kind, inode, 0, names, first + second);
}

static int is_under(const char *path) {
    size_t length = strlen(folder);
    return log_file >= 0 && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static int name_of(int descriptor, char *path) {
    char link_name[40] = "/proc/self/fd/", digits[16];
    int count = 0, at = 14, before = errno;
    if (descriptor < 0) return 0;
    do digits[count++] = (char)('0' + descriptor % 10); while (descriptor /= 10);
    while (count) link_name[at++] = digits[--count];
    ssize_t length = readlink(link_name, path, PATH_MAX - 1);
    errno = before;
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

static int resolved(int at, const char *path, char *out) {
    if (path[0] == '/') {
        strncpy(out, path, PATH_MAX - 1);
        out[PATH_MAX - 1] = 0;
    } else {
        int before = errno, found = at == AT_FDCWD ? getcwd(out, PATH_MAX) != NULL : name_of(at, out);
        errno = before;
        if (!found || strlen(out) + strlen(path) + 2 > PATH_MAX) return 0;
        strcat(strcat(out, "/"), path);
    }
    return is_under(out);
}

static int is_ours(int descriptor) {
    char path[PATH_MAX];
    return log_file >= 0 && descriptor != log_file && name_of(descriptor, path) && is_under(path);
}

static uint64_t inode_of(int descriptor) {
    struct stat about;
    int before = errno;
    uint64_t inode = fstat(descriptor, &about) ? 0 : about.st_ino;
    errno = before;
    return inode;
}

static uint64_t inode_at(const char *path) {
    struct stat about;
    int before = errno;
    uint64_t inode = lstat(path, &about) ? 0 : about.st_ino;
    errno = before;
    return inode;
}

/* Refusing --------------------------------------------------------------------------------------------------------- */

static long changes_left = -1;
static int refusal, refused_count;

int motcua_disk_fails(long after, int error) {
    int before = refused_count;
    changes_left = after;
    refusal = error;
    refused_count = 0;
    return before;
}

static int is_refused(void) {
    if (changes_left < 0) return 0;
    if (changes_left > 0) {
        changes_left--;
        return 0;
    }
    refused_count++;
    errno = refusal;
    return 1;
}

/* Opening ---------------------------------------------------------------------------------------------------------- */

typedef int opener(int at, const char *path, int flags, mode_t mode);

static int by_open(int at, const char *path, int flags, mode_t mode) {
    (void)at;
    return REAL(open)(path, flags, mode);
}

static int by_openat(int at, const char *path, int flags, mode_t mode) { return REAL(openat)(at, path, flags, mode); }

static int opened(opener *how, int at, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    int changes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
    if (log_file < 0 || !changes || !resolved(at, path, full)) return how(at, path, flags, mode);
    take_turn();
    uint64_t before = inode_at(full);
    int descriptor = !before && (flags & O_CREAT) && is_refused() ? -1 : how(at, path, flags, mode);
    if (descriptor >= 0) {
        if ((flags & O_TMPFILE) == O_TMPFILE) note_names('X', 0, "open O_TMPFILE", NULL);
        else note_names(before ? 'O' : 'C', inode_of(descriptor), full, NULL);
        if (before && (flags & O_TRUNC)) note('T', inode_of(descriptor), 0, NULL, 0);
    }
    end_turn();
    return descriptor;
}

#define MODE_OF(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *path, int flags, ...) { MODE_OF(flags) return opened(by_open, AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return opened(by_open, AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE_OF(flags) return opened(by_openat, at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) {
    MODE_OF(flags) return opened(by_openat, at, path, flags, mode);
}

/* Content ---------------------------------------------------------------------------------------------------------- */

ssize_t write(int descriptor, const void *content, size_t length) {
    char path[PATH_MAX];
    if (log_file < 0 || descriptor == log_file || !name_of(descriptor, path)) return REAL(write)(descriptor, content, length);
    if (!strcmp(path, said)) {
        take_turn();
        note('Y', 0, 0, content, length);
        end_turn();
        return REAL(write)(descriptor, content, length);
    }
    if (!is_under(path)) return REAL(write)(descriptor, content, length);
    take_turn();
    struct stat about;
    fstat(descriptor, &about);
    int appends = fcntl(descriptor, F_GETFL) & O_APPEND;
    off_t at = appends ? about.st_size : lseek(descriptor, 0, SEEK_CUR);
    ssize_t done = is_refused() ? -1 : REAL(write)(descriptor, content, length);
    if (done > 0) note('W', about.st_ino, (uint64_t)at, content, (size_t)done);
    end_turn();
    return done;
}

ssize_t pwrite64(int descriptor, const void *content, size_t length, off64_t at) {
    if (!is_ours(descriptor)) return REAL(pwrite64)(descriptor, content, length, at);
    take_turn();
    ssize_t done = is_refused() ? -1 : REAL(pwrite64)(descriptor, content, length, at);
    if (done > 0) note('W', inode_of(descriptor), (uint64_t)at, content, (size_t)done);
    end_turn();
    return done;
}

ssize_t pwrite(int descriptor, const void *content, size_t length, off_t at) {
    return pwrite64(descriptor, content, length, at);
}

int ftruncate64(int descriptor, off64_t size) {
    if (!is_ours(descriptor)) return REAL(ftruncate64)(descriptor, size);
    take_turn();
    int failed = REAL(ftruncate64)(descriptor, size);
    if (!failed) note('T', inode_of(descriptor), (uint64_t)size, NULL, 0);
    end_turn();
    return failed;
}

int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

int truncate64(const char *path, off64_t size) {
    char full[PATH_MAX];
    if (log_file < 0 || !resolved(AT_FDCWD, path, full)) return REAL(truncate64)(path, size);
    take_turn();
    int failed = REAL(truncate64)(path, size);
    if (!failed) note('T', inode_at(full), (uint64_t)size, NULL, 0);
    end_turn();
    return failed;
}

static int synced(int how(int), int descriptor) {
    if (!is_ours(descriptor)) return how(descriptor);
    take_turn();
    int failed = refusal != ENOSPC && is_refused() ? -1 : how(descriptor);
    if (!failed) note('S', inode_of(descriptor), 0, NULL, 0);
    end_turn();
    return failed;
}

int fsync(int descriptor) { return synced(REAL(fsync), descriptor); }
int fdatasync(int descriptor) { return synced(REAL(fdatasync), descriptor); }

/* Names ------------------------------------------------------------------------------------------------------------ */

static int named(char kind, int failed, const char *one, const char *two, uint64_t inode) {
    if (!failed) note_names(kind, inode, one, two);
    end_turn();
    return failed;
}

int renameat(int from, const char *old, int to, const char *new) {
    char one[PATH_MAX], two[PATH_MAX];
    int ours = log_file >= 0 && resolved(from, old, one) | resolved(to, new, two);
    if (!ours) return REAL(renameat)(from, old, to, new);
    take_turn();
    return named('R', is_refused() ? -1 : REAL(renameat)(from, old, to, new), one, two, inode_at(one));
}

int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }

int linkat(int from, const char *old, int to, const char *new, int flags) {
    char one[PATH_MAX], two[PATH_MAX];
    int ours = log_file >= 0 && resolved(from, old, one) | resolved(to, new, two);
    if (!ours) return REAL(linkat)(from, old, to, new, flags);
    take_turn();
    return named('L', REAL(linkat)(from, old, to, new, flags), one, two, inode_at(one));
}

int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int unlinkat(int at, const char *path, int flags) {
    char full[PATH_MAX];
    if (log_file < 0 || !resolved(at, path, full)) return REAL(unlinkat)(at, path, flags);
    take_turn();
    return named(flags & AT_REMOVEDIR ? 'D' : 'U', REAL(unlinkat)(at, path, flags), full, NULL, 0);
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int at, const char *path, mode_t mode) {
    char full[PATH_MAX];
    if (log_file < 0 || !resolved(at, path, full)) return REAL(mkdirat)(at, path, mode);
    take_turn();
    int failed = is_refused() ? -1 : REAL(mkdirat)(at, path, mode);
    return named('M', failed, full, NULL, inode_at(full));
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* What is not followed ------------------------------------------------------------------------------------------------ */

static void not_followed(const char *call) {
    take_turn();
    note_names('X', 0, call, NULL);
    end_turn();
}

void *mmap64(void *where, size_t length, int protection, int flags, int descriptor, off64_t at) {
    char path[PATH_MAX];
    if (log_file >= 0 && descriptor >= 0 && (flags & MAP_SHARED) && (protection & PROT_WRITE) &&
        name_of(descriptor, path) && is_under(path)) {
        take_turn();
        note_names('P', inode_of(descriptor), path, NULL);
        end_turn();
    }
    return REAL(mmap64)(where, length, protection, flags, descriptor, at);
}

void *mmap(void *where, size_t length, int protection, int flags, int descriptor, off_t at) {
    return mmap64(where, length, protection, flags, descriptor, at);
}

/* Those who copy files this way fall back to reading and writing when told that it does not work here. */
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) {
    if (!is_ours(to)) return REAL(sendfile64)(to, from, at, length);
    errno = EINVAL;
    return -1;
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned flags) {
    if (!is_ours(to)) return REAL(copy_file_range)(from, from_at, to, to_at, length, flags);
    errno = EINVAL;
    return -1;
}

int posix_fallocate64(int descriptor, off64_t at, off64_t length) {
    if (is_ours(descriptor)) not_followed("posix_fallocate");
    return REAL(posix_fallocate64)(descriptor, at, length);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    if (is_ours(descriptor)) not_followed("writev");
    return REAL(writev)(descriptor, parts, count);
}

int symlink(const char *to, const char *path) {
    char full[PATH_MAX];
    if (log_file >= 0 && resolved(AT_FDCWD, path, full)) not_followed("symlink");
    return REAL(symlink)(to, path);
}
