# `make demo` and `make test` need nothing but this folder, Swift 6 and apt.
.PHONY: setup build demo test readers browsers test-installed lint format bench bench-large install clean

PACKAGES = libsqlite3-dev libarchive-dev zlib1g-dev libphonenumber-dev libstemmer-dev libxml2-dev libssl-dev libxlsxwriter-dev pkg-config
PREFIX ?= /usr/local
RELEASE = .build/release
SWIFT_RELEASE = swift build -c release --static-swift-stdlib
ARCHIVE_HOME ?= .build/demo-archive

setup:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

build: setup
	$(SWIFT_RELEASE) --product archive

demo: build
	@rm -rf $(ARCHIVE_HOME)
	$(RELEASE)/archive --archive $(ARCHIVE_HOME) import Samples/*/*/download --region JO --timezone Asia/Amman
	$(RELEASE)/archive --archive $(ARCHIVE_HOME) search cake -chocolate
	$(RELEASE)/archive --archive $(ARCHIVE_HOME) list customers
	$(RELEASE)/archive --archive $(ARCHIVE_HOME) orders
	$(RELEASE)/archive --archive $(ARCHIVE_HOME) export csv customers --output .build/customers.csv
	@head -5 .build/customers.csv

# Programs that have nothing to do with this one read in the tests what it writes; where they cannot be
# had, those tests are skipped.
readers:
	@[ -x .build-readers/bin/python ] || { python3 -m venv .build-readers \
	  && .build-readers/bin/pip install -q openpyxl==3.1.5 vobject==0.9.9 bagit==1.9.0 jsonschema==4.23.0; } \
	  || { rm -rf .build-readers; echo "no outside readers: python3 -m venv and pip could not make them"; }

browsers:
	@$(MAKE) --no-print-directory setup PACKAGES="$(PACKAGES) libreoffice-calc-nogui chromium"

lint:
	swift format lint -r -s Package.swift Sources Importers Tests

format:
	swift format -i -r Package.swift Sources Importers Tests

test: setup lint readers test-installed
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build

# An installed copy must run without the folder that it was built in.
test-installed: build
	@rm -rf .build-installed && $(MAKE) --no-print-directory install DESTDIR=$(CURDIR)/.build-installed PREFIX=
	@mv .build .build-away; \
	.build-installed/bin/archive import Samples/whatsapp/iphone_ar_dresses/download \
	  --archive .build-installed/archive >/dev/null; \
	status=$$?; mv .build-away .build; rm -rf .build-installed; \
	[ $$status = 0 ] && echo "the installed copy runs by itself"

bench: build
	$(SWIFT_RELEASE) --product benchmark-floor
	$(SWIFT_RELEASE) --product benchmark
	$(RELEASE)/benchmark $(RELEASE) .build/benchmark 100000 1000000

bench-large: build
	$(SWIFT_RELEASE) --product benchmark-floor
	$(SWIFT_RELEASE) --product benchmark
	$(RELEASE)/benchmark $(RELEASE) .build/benchmark 10000000

install: build
	install -d $(DESTDIR)$(PREFIX)/lib/archive $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(RELEASE)/archive $(DESTDIR)$(PREFIX)/lib/archive/archive
	cp -r $(RELEASE)/*.resources $(DESTDIR)$(PREFIX)/lib/archive/
	ln -sf ../lib/archive/archive $(DESTDIR)$(PREFIX)/bin/archive

clean:
	rm -rf .build
