/* Preloaded into a process: counts the system calls by which it changes files below one folder,
 * and at the n-th one kills it, tears the write, or refuses as a full or closed disk would.
 *
 *   cc -shared -fPIC -O1 -o shim.so shim.c -ldl
 *   LD_PRELOAD=shim.so python ...      and there: fault_arm("/folder", KIND, n, "log or empty")
 *
 * The log tells what the disk was asked to keep, so that what was not can be taken away later:
 * "W path offset length", "S path" (kept), "R from to", "U path", "T path length".
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { COUNT, KILL, TORN, FULL, ONCE, DENIED };

static char root[PATH_MAX];
static size_t root_length;
static int kind, log_file = -1;
static long at;
static atomic_long count;

#define NEXT(type, name, ...)                      \
    static type (*next)(__VA_ARGS__);              \
    if (!next) next = dlsym(RTLD_NEXT, name)

void fault_arm(const char *folder, int what, long when, const char *log) {
    log_file = log && *log ? open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    kind = what;
    at = when;
    count = 0;
    strncpy(root, folder, sizeof root - 1);
    root_length = strlen(root);
}

long fault_count(void) { return count; }

static int below(const char *path) {
    return root_length && path && !strncmp(path, root, root_length) &&
           (path[root_length] == '/' || !path[root_length]);
}

static int path_of(int fd, char *path) {
    char link[64];
    if (!root_length) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_MAX - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return below(path);
}

static void note(const char *format, ...) {
    static ssize_t (*next)(int, const void *, size_t);
    char line[2 * PATH_MAX + 64];
    va_list list;
    if (log_file < 0) return;
    if (!next) next = dlsym(RTLD_NEXT, "write");
    va_start(list, format);
    int n = vsnprintf(line, sizeof line, format, list);
    va_end(list);
    if (next(log_file, line, n) < 0) return;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    pause();
}

/* 0 to go on, an errno to refuse, -1 to do half of it. needs_room: whether it may fill a disk;
 * needs_right: whether it opens, names or removes something. */
static int verdict(int needs_room, int needs_right) {
    long now = atomic_fetch_add(&count, 1) + 1;
    if (now < at || kind == COUNT) return 0;
    if (kind == KILL && now == at) die();
    if (kind == TORN && now == at) return -1;
    if (kind == FULL && needs_room) return now == at ? -1 : ENOSPC;
    if (kind == ONCE && now == at) return EIO;
    if (kind == DENIED && needs_right) return EACCES;
    return 0;
}

#define REFUSE(room, right)                 \
    do {                                    \
        int v_ = verdict(room, right);      \
        if (v_ == -1 && kind == TORN) die(); \
        if (v_ == -1) v_ = ENOSPC;          \
        if (v_) { errno = v_; return -1; }  \
    } while (0)

/* How many bytes of a write to do: all, half and then die, half, or none (with errno). */
static ssize_t share(size_t length, int *fatal) {
    int v = verdict(1, 0);
    *fatal = v == -1 && kind == TORN;
    if (v == -1) {
        if (length > 1 || *fatal) return length / 2;
        v = ENOSPC;
    }
    if (v) { errno = v; return -1; }
    return length;
}

static void wrote(const char *path, off_t offset, ssize_t n, int fatal) {
    if (n > 0) note("W\t%s\t%lld\t%zd\n", path, (long long)offset, n);
    if (fatal) die();
}

ssize_t write(int fd, const void *data, size_t length) {
    NEXT(ssize_t, "write", int, const void *, size_t);
    char path[PATH_MAX];
    int fatal;
    if (!path_of(fd, path)) return next(fd, data, length);
    ssize_t n = share(length, &fatal);
    if (n < 0) return n;
    struct stat status;
    int append = fcntl(fd, F_GETFL) & O_APPEND;
    off_t offset = append && !fstat(fd, &status) ? status.st_size : lseek(fd, 0, SEEK_CUR);
    n = n || !fatal ? next(fd, data, n) : 0;
    wrote(path, offset, n, fatal);
    return n;
}

static ssize_t placed(const char *name, int fd, const void *data, size_t length, off_t offset) {
    ssize_t (*next)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, name);
    char path[PATH_MAX];
    int fatal;
    if (!path_of(fd, path)) return next(fd, data, length, offset);
    ssize_t n = share(length, &fatal);
    if (n < 0) return n;
    n = next(fd, data, n, offset);
    wrote(path, offset, n, fatal);
    return n;
}

ssize_t pwrite(int fd, const void *d, size_t n, off_t o) { return placed("pwrite", fd, d, n, o); }
ssize_t pwrite64(int fd, const void *d, size_t n, off64_t o) {
    return placed("pwrite64", fd, d, n, o);
}

size_t fwrite(const void *data, size_t size, size_t items, FILE *stream) {
    NEXT(size_t, "fwrite", const void *, size_t, size_t, FILE *);
    char path[PATH_MAX];
    int fatal;
    if (!root_length || !path_of(fileno(stream), path)) return next(data, size, items, stream);
    ssize_t n = share(size * items, &fatal);
    if (n < 0) return 0;
    size_t done = next(data, 1, n, stream);
    if (fatal) fflush(stream);
    wrote(path, ftello(stream) - (off_t)done, done, fatal);
    return size ? done / size : 0;
}

static int synced(const char *name, int fd) {
    int (*next)(int) = dlsym(RTLD_NEXT, name);
    char path[PATH_MAX];
    if (!path_of(fd, path)) return next(fd);
    REFUSE(0, 0);
    int result = next(fd);
    if (!result) note("S\t%s\n", path);
    return result;
}
int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }

static int cut(const char *name, int fd, off_t length) {
    int (*next)(int, off_t) = dlsym(RTLD_NEXT, name);
    char path[PATH_MAX];
    struct stat status;
    if (!path_of(fd, path)) return next(fd, length);
    REFUSE(!fstat(fd, &status) && length > status.st_size, 0);
    int result = next(fd, length);
    if (!result) note("T\t%s\t%lld\n", path, (long long)length);
    return result;
}
int ftruncate(int fd, off_t n) { return cut("ftruncate", fd, n); }
int ftruncate64(int fd, off64_t n) { return cut("ftruncate64", fd, n); }

int rename(const char *from, const char *to) {
    NEXT(int, "rename", const char *, const char *);
    if (!below(from) && !below(to)) return next(from, to);
    REFUSE(0, 1);
    int result = next(from, to);
    if (!result) note("R\t%s\t%s\n", from, to);
    return result;
}
int renameat(int a, const char *from, int b, const char *to) {
    NEXT(int, "renameat", int, const char *, int, const char *);
    if (!below(from) && !below(to)) return next(a, from, b, to);
    REFUSE(0, 1);
    int result = next(a, from, b, to);
    if (!result) note("R\t%s\t%s\n", from, to);
    return result;
}
int unlink(const char *path) {
    NEXT(int, "unlink", const char *);
    if (!below(path)) return next(path);
    REFUSE(0, 1);
    int result = next(path);
    if (!result) note("U\t%s\n", path);
    return result;
}
int unlinkat(int fd, const char *path, int flags) {
    NEXT(int, "unlinkat", int, const char *, int);
    char folder[PATH_MAX];
    int ours = below(path) || (fd != AT_FDCWD && path_of(fd, folder));
    if (!ours) return next(fd, path, flags);
    REFUSE(0, 1);
    return next(fd, path, flags);
}
int mkdir(const char *path, mode_t mode) {
    NEXT(int, "mkdir", const char *, mode_t);
    if (!below(path)) return next(path, mode);
    REFUSE(1, 1);
    return next(path, mode);
}
int rmdir(const char *path) {
    NEXT(int, "rmdir", const char *);
    if (!below(path)) return next(path);
    REFUSE(0, 1);
    return next(path);
}

/* An open that may write; one that only reads does not count. */
#define OPENED(path, flags)                                                       \
    do {                                                                          \
        if (below(path) && (flags & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR)))     \
            REFUSE(flags & O_CREAT, 1);                                           \
    } while (0)
#define MODE                                         \
    mode_t mode = 0;                                 \
    if (flags & (O_CREAT | O_TMPFILE)) {             \
        va_list list;                                \
        va_start(list, flags);                       \
        mode = va_arg(list, mode_t);                 \
        va_end(list);                                \
    }
#define OPEN(name)                                   \
    int name(const char *path, int flags, ...) {     \
        NEXT(int, #name, const char *, int, ...);    \
        MODE OPENED(path, flags);                    \
        return next(path, flags, mode);              \
    }
#define OPENAT(name)                                      \
    int name(int fd, const char *path, int flags, ...) {  \
        NEXT(int, #name, int, const char *, int, ...);    \
        MODE OPENED(path, flags);                         \
        return next(fd, path, flags, mode);               \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
