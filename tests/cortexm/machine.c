/**
 * @file tests/cortexm/machine.c  From reset to main, and out again
 */
#include "tests/cortexm/machine.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
	/* Semihosting for AArch32 and AArch64, Arm's specification */
	SYS_WRITE0 = 0x04,
	SYS_EXIT_EXTENDED = 0x20,
	STOPPED_APPLICATION_EXIT = 0x20026,

	HANDLER_COUNT = 15, /* of the processor; no interrupt is enabled */
	STACKED_PC = 6,     /* words above the frame of an exception */
	TEXT_MAX = 128,
};

/* Configuration and control: a division by zero faults, as on no host that
   returns something for it */
#define SCB_CCR ((volatile uint32_t *)0xe000ed14u)
#define SCB_CCR_DIV_0_TRP (1u << 4)

/* Why it faulted */
#define SCB_CFSR ((const volatile uint32_t *)0xe000ed28u)

/* The linker script's */
extern uint32_t stack_top[], data_start[], data_end[], bss_start[], bss_end[];
extern const uint32_t data_image[];

typedef void(handler_h)(void);

struct vectors {
	uint32_t *stack;
	handler_h *handler[HANDLER_COUNT];
};

void machine_reset(void);
void machine_fault(void);
void machine_fault_tell(const uint32_t *frame);


static uintptr_t semihost(uint32_t operation, const void *argument)
{
	register uint32_t r0 __asm__("r0") = operation;
	register const void *r1 __asm__("r1") = argument;

	__asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");

	return r0;
}


void machine_print(const char *text)
{
	(void)semihost(SYS_WRITE0, text);
}


void machine_exit(int code)
{
	const uint32_t block[] = {STOPPED_APPLICATION_EXIT, (uint32_t)code};

	(void)semihost(SYS_EXIT_EXTENDED, block);
	for (;;)
		;
}


void machine_fault_tell(const uint32_t *frame)
{
	char text[TEXT_MAX];
	uint32_t exception;

	__asm__ volatile("mrs %0, ipsr" : "=r"(exception));
	(void)snprintf(text, sizeof(text),
		       "fault: exception %lu at 0x%08lx, CFSR 0x%08lx\n",
		       (unsigned long)exception,
		       (unsigned long)frame[STACKED_PC],
		       (unsigned long)*SCB_CFSR);
	machine_print(text);
	machine_exit(1);
}


/* The frame is where the stack pointer stands before any code of C's */
__attribute__((naked)) void machine_fault(void)
{
	__asm__ volatile("mrs r0, msp\n\tb machine_fault_tell");
}


void machine_reset(void)
{
	const size_t data_size =
		(size_t)((const char *)data_end - (const char *)data_start);
	const size_t bss_size =
		(size_t)((const char *)bss_end - (const char *)bss_start);

	memcpy(data_start, data_image, data_size);
	memset(bss_start, 0, bss_size);
	*SCB_CCR |= SCB_CCR_DIV_0_TRP;

	machine_exit(main());
}


static const struct vectors vectors __attribute__((section(".vectors"),
						   used)) = {
	.stack = stack_top,
	.handler = {machine_reset, machine_fault, machine_fault, machine_fault,
		    machine_fault, machine_fault, machine_fault, machine_fault,
		    machine_fault, machine_fault, machine_fault, machine_fault,
		    machine_fault, machine_fault, machine_fault},
};
