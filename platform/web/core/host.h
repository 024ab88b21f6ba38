/* What the module asks of whoever runs it: a worker in a browser (OPFS), or node (a folder). The other side of each
 * function is platform/web/core/host_library.js, which hands it to the host object that the module was made with
 * (platform/web/worker/host.ts). All are called on the one thread there is, and none of them waits.
 *
 * Files have names without folders. Codes: 0 done, 1 the storage gave an error, 2 it is full. */
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

enum { host_done = 0, host_failed = 1, host_full = 2 };

/* A number for the file, or -1 if it is not there (and may not be made), or no more can be open. */
int host_file_open(const char* name, int create);
void host_file_close(int file);
/* How many bytes could be read, at most `count`; -1: an error. */
int host_file_read(int file, void* into, int count, double offset);
int host_file_write(int file, const void* from, int count, double offset);
int host_file_truncate(int file, double size);
/* After it what was written survives a cut of the power, as far as the browser can promise it. */
int host_file_sync(int file);
double host_file_size(int file);
int host_file_exists(const char* name);
int host_file_remove(const char* name);
/* At once, whatever happens: afterwards the file has the one name or the other. */
int host_file_rename(const char* from, const char* to);

/* Bytes that nobody can foretell. */
void host_random(void* into, int count);

/* One JSON-RPC 2.0 object for the page: an answer or a notification. */
void host_tell(const char* text, int size);

/* The one WebSocket. `link` numbers the attempts: what is told of an earlier one than the last is not listened to. */
void host_link_open(int link, const char* url, const char* subprotocol);
void host_link_send(int link, const void* bytes, int size);
void host_link_close(int link, int code, const char* reason);

#ifdef __cplusplus
}
#endif
