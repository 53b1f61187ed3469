import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link, useLocation } from "wouter";
import { Avatar, Menu, MenuHeading, MenuItem, MenuLine } from "~/view/kit";
import { THEMES, useTheme, useTitle } from "./browser";
import { Logo } from "./Logo";
import { MentionsMenu } from "./MentionsMenu";
import { useMay, useMe } from "./useMe";

const WIDTHS = { narrow: "max-w-2xl", middle: "max-w-4xl", wide: "max-w-[76rem]" };

/** A page beside the maps: the bar above, a heading, and what belongs to the page. */
export function Frame({
  title,
  about,
  actions,
  bare = false,
  width = "middle",
  children,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  /** The page draws its own heading. */
  bare?: boolean;
  width?: keyof typeof WIDTHS;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <div className="flex min-h-dvh flex-col">
      <a href="#main" className="skip-link">
        Skip to the page
      </a>
      <header className="border-b border-line bg-paper">
        <div className={`mx-auto flex h-14 items-center gap-2 px-4 sm:px-6 ${WIDTHS.wide}`}>
          <Link href="/" aria-label="Desireline: all maps" className="mr-auto flex rounded-md">
            <Logo />
          </Link>
          <MentionsMenu />
          <AccountMenu />
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className={`mx-auto w-full flex-1 px-4 pt-8 pb-16 outline-none sm:px-6 ${WIDTHS.wide}`}
      >
        <div className={WIDTHS[width]}>
          {!bare && (
            <div className="mb-6 flex flex-wrap items-end gap-x-4 gap-y-3">
              <div className="min-w-0 flex-1 basis-72">
                <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
                {about && <p className="mt-1 max-w-prose text-ink-soft">{about}</p>}
              </div>
              {actions}
            </div>
          )}
          {children}
        </div>
      </main>
    </div>
  );
}

const SignOut = lazy(() => import("./people/SignOut"));

/** Who is signed in, and the pages about people and this browser. */
function AccountMenu() {
  const me = useMe();
  const manages = useMay("manage");
  const [, go] = useLocation();
  const [theme, setTheme] = useTheme();
  const [leaves, setLeaves] = useState(false);
  if (!me) return null;
  return (
    <>
      <Menu
        label="Account"
        button={(own) => (
          <button
            type="button"
            {...own}
            className="flex h-10 items-center gap-2 rounded-full p-1 hover:bg-sunken sm:pr-3"
          >
            <span aria-hidden="true" className="flex">
              <Avatar name={me.name} id={me.id} />
            </span>
            <span className="max-w-40 truncate text-sm font-medium max-sm:sr-only">
              <span className="sr-only">Account of </span>
              {me.name}
            </span>
          </button>
        )}
      >
        <MenuHeading>
          {me.workspace} · {me.role}
        </MenuHeading>
        <MenuItem icon="user" onSelect={() => go("/me")}>
          Your account
        </MenuItem>
        <MenuItem icon="users" onSelect={() => go("/members")}>
          Members
        </MenuItem>
        <MenuItem icon="key" onSelect={() => go("/tokens")}>
          API tokens
        </MenuItem>
        {manages && (
          <MenuItem icon="history" onSelect={() => go("/audit")}>
            Audit log
          </MenuItem>
        )}
        <MenuLine />
        <MenuHeading>Colours</MenuHeading>
        {THEMES.map(({ id, title }) => (
          <MenuItem key={id} checked={theme === id} onSelect={() => setTheme(id)}>
            {title}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem icon="sign-out" onSelect={() => setLeaves(true)}>
          Sign out
        </MenuItem>
      </Menu>
      {leaves && (
        <Suspense fallback={null}>
          <SignOut member={me.id} close={() => setLeaves(false)} />
        </Suspense>
      )}
    </>
  );
}
