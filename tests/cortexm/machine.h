/**
 * @file tests/cortexm/machine.h  The machine: it prints, and ends
 *
 * By semihosting: a breakpoint that the emulator (or a debugger) serves.
 */
#ifndef RINGFENCE_CORTEXM_MACHINE_H
#define RINGFENCE_CORTEXM_MACHINE_H

void machine_print(const char *text);

/** End the emulator; code is its exit status */
_Noreturn void machine_exit(int code);

int main(void);

#endif
