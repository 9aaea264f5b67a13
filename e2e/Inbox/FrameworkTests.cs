using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>The element in pages of React and Vue, from the package: attributes go in, events come out.</summary>
public sealed class FrameworkTests(Browsers browsers, SharedHub shared) : InboxTest(browsers, shared)
{
    private const string React = """
        import { useState } from 'react';
        import { createRoot } from 'react-dom/client';
        import 'notifydashboard/inbox';

        function Shop() {
          const [count, setCount] = useState(0);
          return <header>
            <notify-inbox hub={hubAddress} token-url="/notify-token" lang="en" onnotify-inbox-change={event => setCount(event.detail.count)} />
            <output>{count} new in React</output>
          </header>;
        }

        createRoot(document.querySelector('main')).render(<Shop />);
        """;

    private const string Vue = """
        import { createApp, h, ref } from 'vue';
        import 'notifydashboard/inbox';

        createApp({
          setup() {
            const count = ref(0);
            return () => h('header', [
              h('notify-inbox', { hub: hubAddress, 'token-url': '/notify-token', lang: 'en', onNotifyInboxChange: event => { count.value = event.detail.count; } }),
              h('output', `${count.value} new in Vue`),
            ]);
          },
        }).mount('main');
        """;

    [Theory]
    [InlineData("React", React, "react@19.3.1", "react-dom@19.3.1")]
    [InlineData("Vue", Vue, "vue@3.5.45")]
    public async Task Inbox_from_the_npm_package_works_in_a_React_or_Vue_page(string framework, string source, params string[] packages)
    {
        using var npm = await Npm.StartAsync(["esbuild@0.28.2", .. packages]);
        await npm.WriteAsync("page.jsx", source);
        await npm.RunAsync("npx", "esbuild", "page.jsx", "--bundle", "--format=esm", "--jsx=automatic", "--define:process.env.NODE_ENV=\"production\"", "--outfile=page.js");
        var page = await OpenWindowAsync("about:blank");
        await page.RouteAsync("**/app/page.js", route => route.FulfillAsync(new() { Path = npm["page.js"] }));
        Site.Tokens("/notify-token", () => Tokens.Make(Recipient, TimeSpan.FromMinutes(10)));
        Site.Page("/shop", "<!doctype html><html lang=en><title>Shop</title><main></main><script type=module src=/app/page.js></script>");
        await PublishAsync("Your parcel is here");
        await page.GotoAsync($"{Site.Address}/shop");
        await Expect(page.GetByText($"1 new in {framework}")).ToBeVisibleAsync();
        await Bell(page).ClickAsync();
        await Expect(Row(page, "Your parcel is here")).ToBeVisibleAsync();
        await Expect(page.GetByText($"0 new in {framework}")).ToBeVisibleAsync();
    }
}
