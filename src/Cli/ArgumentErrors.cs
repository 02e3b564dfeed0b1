using System.CommandLine;
using System.CommandLine.Parsing;
using MesoLiMg.Model;

namespace MesoLiMg.Cli;

/// <summary>What is wrong with a command line, in words that are not those of the language the program is written in.</summary>
internal static class ArgumentErrors
{
    /// <summary>The message of an error, on one line.</summary>
    public static string Message(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Option: var option, Tokens: [{ Value: var value }, ..] } when error.Message.Contains(option.ValueType.ToString()) => $"{option.Name} {Words.OneLine(value)}: expected {Kind(option.ValueType)}",
        _ => Words.OneLine(error.Message),
    };

    private static string Kind(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(int) => "a whole number",
        var number when number == typeof(double) => "a number",
        var choice when choice == typeof(bool) => "true or false",
        _ => "another value",
    };
}
