# SPDX-FileCopyrightText: The pcipeek developers
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The one entry. kbuild builds the module, CMake everything else; the work is done
# in scripts/ and below build/.

KDIR ?= $(shell scripts/kdir.sh)
DESTDIR ?=
PREFIX ?= /usr/local
CMAKE_BUILD ?= build/cmake
CMAKE_FLAGS ?=
JOBS ?= $(shell nproc)
# of check-sanitizers: tests/vm/kernels/*.config
KERNELS ?= debug
# of check-debian: a release's name
RELEASE ?= trixie

KVER = $(shell scripts/kernel-version.sh '$(KDIR)')
MODULE = build/module/$(KVER)/kmod/pcipeek.ko
MODULE_DIR = $(DESTDIR)/lib/modules/$(KVER)/updates
VERSION = $(shell awk '/^project/ { print $$3 }' CMakeLists.txt)
DKMS_DIR = $(DESTDIR)/usr/src/pcipeek-$(VERSION)
DOC_DIR = $(DESTDIR)$(PREFIX)/share/doc/pcipeek

.PHONY: all
all: modules user ## Build the module, the library and the command (the default)

.PHONY: help
help: ## Show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | expand -t 18
	@echo
	@echo 'KDIR=$(KDIR)  (the kernel to build for)'
	@echo 'PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)  (where install puts things)'

.PHONY: deps
deps: ## Install what build and tests need (apt; asks sudo)
	scripts/deps.sh build test

.PHONY: modules
modules: ## Build pcipeek.ko for KDIR
	+scripts/module.sh '$(KDIR)' $(KFLAGS)

.PHONY: user
user: $(CMAKE_BUILD)/CMakeCache.txt ## Build the library and the command
	cmake --build $(CMAKE_BUILD) -j $(JOBS) --target pcipeek pcipeek_command

.PHONY: tests
tests: $(CMAKE_BUILD)/CMakeCache.txt ## Build the library, the command and the tests
	cmake --build $(CMAKE_BUILD) -j $(JOBS)

$(CMAKE_BUILD)/CMakeCache.txt:
	cmake -S . -B $(CMAKE_BUILD) -DCMAKE_BUILD_TYPE=Release $(CMAKE_FLAGS)

.PHONY: demo
demo: deps ## Set up, build, and show the main job in a virtual machine
	@scripts/quietly.sh 'building' $(MAKE) all
	@tests/vm/demo.sh $(CMAKE_BUILD)

.PHONY: check
check: deps ## Set up, build, and run all tests
	$(MAKE) modules tests
	ctest --test-dir $(CMAKE_BUILD) -j $(JOBS) --output-on-failure

.PHONY: check-sanitizers
check-sanitizers: deps ## Run the tests in the machine on kernels that check themselves
	scripts/deps.sh kernel
	$(MAKE) modules tests
	tests/vm/sanitizers.sh $(CMAKE_BUILD) $(KERNELS)

.PHONY: check-debian
check-debian: ## Follow the README on a fresh Debian RELEASE (a chroot; as root)
	scripts/deps.sh debian
	tests/debian/check.sh $(RELEASE)

.PHONY: check-matrix
check-matrix: ## Build and try the module on other kernels and machines (ROW)
	scripts/deps.sh matrix
	tests/matrix/check.sh $(ROW)

.PHONY: fuzz
fuzz: ## Look for inputs that break what reads them (FUZZ_SECONDS, FUZZ_RUNS)
	scripts/deps.sh build test fuzz
	JOBS=$(JOBS) scripts/fuzz.sh

.PHONY: fuzz-corpus
fuzz-corpus: ## Keep what make fuzz found in tests/fuzz/corpus
	JOBS=$(JOBS) scripts/fuzz.sh keep

.PHONY: coverage
coverage: ## Show which lines unit tests run (build/coverage/index.html)
	scripts/deps.sh build test coverage
	JOBS=$(JOBS) scripts/coverage.sh

.PHONY: coverage-module
coverage-module: deps ## Show which lines of the module the tests in the machine run
	scripts/deps.sh kernel coverage
	$(MAKE) modules tests
	tests/vm/coverage.sh $(CMAKE_BUILD)

.PHONY: mutants
mutants: ## Break the code in small ways: do unit tests notice? (FILES, AGAIN=1)
	scripts/deps.sh build test mutants
	JOBS=$(JOBS) tests/mutants/mutants.py build/mutants $(FILES)

.PHONY: bench
bench: deps ## Count instructions, beside the competition (ACCEPT=1: keep the figures)
	scripts/deps.sh bench
	$(MAKE) modules tests
	tests/vm/initramfs.sh $(CMAKE_BUILD)
	tests/bench/bench.sh $(CMAKE_BUILD) $(if $(ACCEPT),accept)

.PHONY: style
style: ## Check style and run the static checkers
	scripts/deps.sh build test style
	tests/style/check.sh

.PHONY: install
install: all ## Install everything below DESTDIR and PREFIX
	install -D -m 644 $(MODULE) $(MODULE_DIR)/pcipeek.ko
	cmake -DCMAKE_INSTALL_PREFIX='$(PREFIX)' $(CMAKE_BUILD) >/dev/null
	DESTDIR='$(DESTDIR)' cmake --install $(CMAKE_BUILD)
	install -D -m 644 udev/70-pcipeek.rules -t $(DESTDIR)$(PREFIX)/lib/udev/rules.d
	install -D -m 644 udev/pcipeek.sysusers.conf $(DESTDIR)$(PREFIX)/lib/sysusers.d/pcipeek.conf
	install -D -m 644 udev/pcipeek.modprobe.conf $(DOC_DIR)/examples/pcipeek.modprobe.conf
	install -D -m 644 udev/README.md $(DOC_DIR)/README.udev.md
	@[ -n '$(DESTDIR)' ] || scripts/installed.sh '$(KVER)'

.PHONY: uninstall
uninstall: ## Take away what install put there (same DESTDIR, PREFIX, KDIR)
	rm -rf build/uninstall
	$(MAKE) install DESTDIR=$(CURDIR)/build/uninstall
	scripts/uninstall.sh build/uninstall '$(DESTDIR)'
	@[ -n '$(DESTDIR)' ] || scripts/installed.sh '$(KVER)'

.PHONY: dkms
dkms: ## Install the module's source for DKMS
	install -D -m 644 kmod/Kbuild kmod/*.[ch] -t $(DKMS_DIR)/kmod
	install -D -m 644 include/uapi/linux/pcipeek.h -t $(DKMS_DIR)/include/uapi/linux
	sed 's/#MODULE_VERSION#/$(VERSION)/' kmod/dkms.conf >$(DKMS_DIR)/dkms.conf
	@echo 'now: dkms install pcipeek/$(VERSION)'

.PHONY: clean
clean: ## Remove build/ (the download cache stays)
	rm -rf build
