using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NUglify;

/// <summary>
/// Makes one small file of each entry in <c>modules/</c> and of what it imports. Another entry stays an import: whatever must be there once belongs to one of them.
/// It knows the modules' own style alone: <c>import { a } from './b.js';</c> in a line, exports by declaration or by name, no name twice at the top of two modules.
/// </summary>
public class Bundle : Task
{
    private static readonly Regex Link = new Regex(@"^(import|export) \{ (.+) \} from '\./(.+)';\r?\n", RegexOptions.Multiline);
    private static readonly Regex Declared = new Regex(@"^(export )?(?:async )?(?:const|let|function|class) (\w+)", RegexOptions.Multiline);
    private static readonly Regex Named = new Regex(@"^export \{ (.+) \};\r?\n", RegexOptions.Multiline);
    private static readonly Regex Css = new Regex(@"(?<=replaceSync\(`)[^`]+(?=`\))");

    [Required] public string Modules { get; set; }

    /// <summary>The files to make: each is named as its entry. One that is <c>Inlined</c> is copied into those that import it.</summary>
    [Required] public ITaskItem[] Entries { get; set; }

    public override bool Execute()
    {
        var entries = new HashSet<string>(Entries.Where(entry => entry.GetMetadata("Inlined") != "true").Select(entry => Path.GetFileName(entry.ItemSpec)));
        foreach (var entry in Entries) Make(entry.ItemSpec, entries);
        return !Log.HasLoggedErrors;
    }

    private void Make(string to, HashSet<string> entries)
    {
        var name = Path.GetFileName(to);
        var seen = new HashSet<string>();
        var names = new Dictionary<string, string>();
        var imports = new Dictionary<string, SortedSet<string>>();
        var exports = new List<string>();
        var body = new StringBuilder();
        Take(name);
        exports = exports.Distinct().ToList();
        var head = string.Concat(imports.Select(from => $"import {{ {string.Join(", ", from.Value)} }} from './{from.Key}';\n"));
        var given = string.Join(", ", exports);
        // In a function, so that its names may be shortened.
        var whole = exports.Count == 0 ? $"{head}(() => {{\n{body}}})();" : $"{head}const {{ {given} }} = (() => {{\n{body}return {{ {given} }};\n}})();\nexport {{ {given} }};";
        var small = Uglify.Js(whole);
        foreach (var fault in small.Errors.Where(fault => fault.IsError)) Log.LogError($"{name}: {fault}");
        File.WriteAllText(to, small.Code);

        void Take(string module)
        {
            if (!seen.Add(module)) return;
            var text = File.ReadAllText(Path.Combine(Modules, module)).Replace("\r\n", "\n");
            foreach (Match link in Link.Matches(text))
            {
                var from = link.Groups[3].Value;
                var what = link.Groups[2].Value.Split(new[] { ", " }, StringSplitOptions.None);
                if (module == name && link.Groups[1].Value == "export") exports.AddRange(what);
                if (!entries.Contains(from)) Take(from);
                else if (imports.TryGetValue(from, out var known)) known.UnionWith(what);
                else imports[from] = new SortedSet<string>(what, StringComparer.Ordinal);
            }
            text = Link.Replace(text, "");
            foreach (Match mine in Declared.Matches(text))
            {
                if (names.TryGetValue(mine.Groups[2].Value, out var other)) Log.LogError($"{mine.Groups[2].Value} stands at the top of {other} and of {module}: give one of them another name.");
                names[mine.Groups[2].Value] = module;
                if (module == name && mine.Groups[1].Success) exports.Add(mine.Groups[2].Value);
            }
            if (module == name) foreach (Match list in Named.Matches(text)) exports.AddRange(list.Groups[1].Value.Split(new[] { ", " }, StringSplitOptions.None));
            text = Named.Replace(text, "");
            body.Append(Css.Replace(Regex.Replace(text, "^export ", "", RegexOptions.Multiline), css => Uglify.Css(css.Value).Code));
        }
    }
}
